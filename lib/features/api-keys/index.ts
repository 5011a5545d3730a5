export { createKey } from './create-key.ts'
export { findKey, forgetKeys, type FoundKey } from './find-key.ts'
export { isWellFormed } from './key-format.ts'
