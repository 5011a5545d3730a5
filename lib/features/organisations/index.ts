import 'server-only'

export { createOrganisation } from './create-organisation.ts'
export { findOrganisation } from './find-organisation.ts'
export { getSettings } from './get-settings.ts'
export { openPlatform } from './open-platform.ts'
export { requestSignUp } from './request-sign-up.ts'
export { setMasking } from './set-masking.ts'
export { setPlan } from './set-plan.ts'
