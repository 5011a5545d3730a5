/** The words of errors and states alone: error pages ride along with every page, and the whole catalogue would with them. */
export { states as stateWords } from './en-states.ts'
