import 'server-only'

export { createKey } from './create-key.ts'
export { findKey } from './find-key.ts'
