import 'server-only'

import { errorFacts, log } from '../log.ts'
import { pool } from './pool.ts'

export type Channel = 'orinode_live' | 'orinode_access'

const shared = globalThis as typeof globalThis & {
  orinodeNotices?: { waiting: Set<string>; timer: NodeJS.Timeout | null }
}

/**
 * Says that something changed: ids only, after commit, coalesced for 10 ms. A NOTIFY inside the business
 * transaction would make commits wait for one another.
 */
export function notify(channel: Channel, payload: Record<string, string>): void {
  const notices = (shared.orinodeNotices ??= { waiting: new Set(), timer: null })
  notices.waiting.add(JSON.stringify([channel, JSON.stringify(payload)]))
  notices.timer ??= setTimeout(() => {
    notices.timer = null
    const lines = [...notices.waiting].map((line) => JSON.parse(line) as [Channel, string]) // we wrote it above
    notices.waiting.clear()
    // Listeners notice nothing; the list is still right on its next load.
    send(lines).catch((error: unknown) => log.warn('notice not sent', errorFacts(error)))
  }, 10)
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
