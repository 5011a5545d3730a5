import 'server-only'

export { createOrganisation } from './create-organisation.ts'
export { openPlatform } from './open-platform.ts'
