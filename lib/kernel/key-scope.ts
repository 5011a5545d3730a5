/** What an API key may be given; the fewest that do the job. */
export const keyScopes = ['calls.ingest', 'calls.view', 'numbers.view'] as const
export type KeyScope = (typeof keyScopes)[number]
