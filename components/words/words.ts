/** The language screens speak. Screens write `import * as words`, and their script carries the parts they name. */
export * from './en.ts'
/** All of it under one name, for tests: a page's script would carry the whole catalogue. */
export * as words from './en.ts'
