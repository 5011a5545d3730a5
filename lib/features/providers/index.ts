export { addProvider } from './add-provider.ts'
export { adapterOf } from './adapters/registry.ts'
export { findProvider, type FoundProvider } from './find-provider.ts'
