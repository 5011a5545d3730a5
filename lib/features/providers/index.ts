import 'server-only'

export { addProvider } from './add-provider.ts'
export { adapterOf } from './adapters/registry.ts'
export { findProvider } from './find-provider.ts'
