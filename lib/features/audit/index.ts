import 'server-only'

export { listEntries } from './list-entries.ts'
