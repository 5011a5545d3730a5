/**
 * What a command may ask the worker for, and what each carries besides the organisation: ids, single words and small
 * numbers, never what anybody said. The database has the same list and refuses every other name (`askable_jobs`).
 */
interface Payloads {
  'calls.expire-events': Record<string, never>
}

export type JobName = keyof Payloads
export const askableJobs = ['calls.expire-events'] as const satisfies readonly JobName[]

/** A job as it is asked for. */
export type AskedJob = {
  [Name in JobName]: {
    name: Name
    payload: Payloads[Name]
    /** Asked again while one of this word waits in the organisation: still one, run after the last who asked committed. */
    singleton?: string
  }
}[JobName]
