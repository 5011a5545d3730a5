/** What a list of calls can show of each besides its caller, in this order. */
export const callColumns = ['status', 'agent', 'outcome', 'tags', 'follow_up', 'talk', 'cost', 'started'] as const
export type CallColumn = (typeof callColumns)[number]

/** Those of them that were named; all where none was, since a list of callers alone says nothing. */
export function columnsIn(names: readonly string[]): readonly CallColumn[] {
  const known = callColumns.filter((column) => names.includes(column))
  return known.length === 0 ? callColumns : known
}
