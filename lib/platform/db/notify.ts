import 'server-only'

import { errorFacts, log } from '../log.ts'
import { pool } from './pool.ts'

export type Channel = 'orinode_live' | 'orinode_access'

const shared = globalThis as typeof globalThis & {
  orinodeNotices?: { waiting: Set<string>; timer: NodeJS.Timeout | null }
}

/** A notice of a right taken away is said again after each of these. */
const againAfterMs = [100, 500, 2_000]

/**
 * Says that something changed: ids only, after commit, coalesced for 10 ms. A NOTIFY inside the business
 * transaction would make commits wait for one another. Best effort: when the database cannot be told, others learn of a right
 * taken away once what they remember is 30 s old.
 */
export function notify(channel: Channel, payload: Record<string, string>): void {
  const notices = (shared.orinodeNotices ??= { waiting: new Set(), timer: null })
  notices.waiting.add(JSON.stringify([channel, JSON.stringify(payload)]))
  notices.timer ??= setTimeout(() => {
    notices.timer = null
    const lines = [...notices.waiting].map((line) => JSON.parse(line) as [Channel, string]) // we wrote it above
    notices.waiting.clear()
    deliver(lines)
  }, 10)
}

function deliver(lines: [Channel, string][], tries = 0): void {
  send(lines).catch((error: unknown) => {
    log.warn('notice not sent', errorFacts(error))
    // A list that was told nothing is still right on its next load.
    const urgent = lines.filter(([channel]) => channel === 'orinode_access')
    const waitMs = againAfterMs[tries]
    if (urgent.length > 0 && waitMs !== undefined) setTimeout(() => deliver(urgent, tries + 1), waitMs).unref()
  })
}

async function send(lines: [Channel, string][]): Promise<void> {
  const channels = lines.map(([channel]) => channel)
  const payloads = lines.map(([, payload]) => payload)
  await pool().sql.unsafe(
    'select pg_notify(c, p) from rows from (json_array_elements_text($1::json), json_array_elements_text($2::json)) as n (c, p)',
    [JSON.stringify(channels), JSON.stringify(payloads)],
    { prepare: true },
  )
}
