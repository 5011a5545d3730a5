import { en } from './en.ts'

/** Every catalogue has this shape. */
export type Words = typeof en

/** The language screens speak. */
export const words: Words = en
