import 'server-only'

import { createHash } from 'node:crypto'

import type { Context } from './use-case.ts'

/** Past this the oldest are forgotten: then somebody's reading is written down twice, never not at all. */
const MOST = 20_000

const begun = new Map<string, number>()

interface Reading {
  /** The entry of this reading is committed, and covers one more look. */
  isGoingOn: boolean
  /** To be called once its entry is committed. */
  begin(): void
}

/**
 * Looks that are one reading: of one row, by one person in one session, from one address and browser, within `seconds` of
 * the look that was written down. Kept in this process's memory: another process, or a new one, writes an entry of its own.
 * A machine's looks are each an entry.
 */
export function readingOf(
  useCase: string,
  target: string | null,
  seconds: number | undefined,
  { actor, circumstance, organisation, now }: Context<unknown>,
): Reading {
  if (seconds === undefined || target === null || actor.kind !== 'person') return { isGoingOn: false, begin: () => {} }
  const session = Buffer.from(actor.sessionHash).toString('base64')
  const { address, userAgent } = circumstance
  const key = createHash('sha256')
    .update(JSON.stringify([useCase, organisation, target, actor.id, session, address, userAgent]))
    .digest('base64')
  const began = begun.get(key)
  return {
    isGoingOn: began !== undefined && now.getTime() - began < seconds * 1_000,
    begin: () => {
      begun.delete(key)
      const [oldest] = begun.keys()
      if (begun.size >= MOST && oldest !== undefined) begun.delete(oldest)
      begun.set(key, now.getTime())
    },
  }
}
