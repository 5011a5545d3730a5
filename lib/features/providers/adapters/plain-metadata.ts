import type { CallFacts } from '../../calls/shapes.ts'

const MOST_ENTRIES = 50

/** A client's own labels as far as they are plain values, and ours after them. Null when there is none. */
export function plainMetadata(
  theirs: unknown,
  ours: Record<string, string | null | undefined> = {},
): CallFacts['metadata'] | null {
  const given = typeof theirs === 'object' && theirs !== null && !Array.isArray(theirs) ? Object.entries(theirs) : []
  const plain = given
    .flatMap(([key, value]: [string, unknown]): [string, string | number | boolean | null][] => {
      if (key.length > 60 || key === '__proto__') return []
      if (typeof value === 'string') return value.length > 2_000 ? [] : [[key, value]]
      return typeof value === 'number' || typeof value === 'boolean' || value === null ? [[key, value]] : []
    })
    .slice(0, MOST_ENTRIES)
  const added = Object.entries(ours).flatMap(([key, value]): [string, string][] => (value ? [[key, value]] : []))
  return plain.length + added.length > 0 ? Object.fromEntries([...plain, ...added]) : null
}
