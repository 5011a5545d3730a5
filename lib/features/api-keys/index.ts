import 'server-only'

export { createKey } from './create-key.ts'
export { findKey, wasIssued } from './find-key.ts'
export { listKeys } from './list-keys.ts'
export { renameKey } from './rename-key.ts'
export { revokeKey } from './revoke-key.ts'
