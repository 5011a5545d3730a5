import 'server-only'

export { getOverview } from './get-overview.ts'
export { sampleOverview } from './sample-overview.ts'
