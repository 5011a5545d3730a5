import { expect, test } from '@playwright/test'
import type postgres from 'postgres'

import { superuser } from '../support/database.ts'
import { killable, killAndWait } from '../support/kill.ts'
import { ownOrganisation, unsealedTexts } from '../support/organisation.ts'
import { ask, json } from '../support/send.ts'
import { tellCalls, type Told } from '../support/tell-calls.ts'

/** `npm run soak` says how long; otherwise each process is killed once. */
const soakMs = Number(process.env['SOAK_SECONDS'] ?? 0) * 1_000
/** `up` gives up what dies five times, each within ten seconds of its start. */
const restMs = soakMs === 0 ? 0 : 4_000

interface Kept {
  id: string
  turns: number
  told_turns: number
  events: number
  entries: number
  outbox: number
}

const keptOf = (sql: postgres.Sql, organisation: string) => sql<Kept[]>`
  select c.id, c.transcript_turns as told_turns,
    (select count(*)::int from call_turn where org = c.org and call_id = c.id) as turns,
    (select count(*)::int from call_event where org = c.org and call_id = c.id) as events,
    (select count(*)::int from audit_entry where org = c.org and target = c.id and action = 'call.ingested') as entries,
    (select count(*)::int from outbox_event where org = c.org and payload ->> 'call_id' = c.id::text) as outbox
  from call c where c.org = ${organisation}`

test('what was acknowledged outlives web, worker and database killed outright: nothing lost, nothing half-written', async () => {
  test.setTimeout(60_000 + soakMs * 2)
  const organisation = await ownOrganisation()
  const told: Told = { acknowledged: new Map(), interrupted: 0 }
  let isOver = false
  const senders = [organisation.key, organisation.spareKey.key, organisation.testKey.key].map((key) =>
    tellCalls(key, told, () => isOver, soakMs === 0 ? 20 : 100),
  )
  const sending = Promise.all(senders)
  const began = Date.now()
  let kills = 0
  try {
    do {
      for (const what of killable) {
        const before = told.acknowledged.size
        await Promise.race([
          expect.poll(() => told.acknowledged.size, { timeout: 20_000 }).toBeGreaterThan(before + 5),
          sending,
        ])
        await killAndWait(what)
        kills += 1
        if (restMs > 0) await new Promise((rested) => setTimeout(rested, restMs))
      }
    } while (Date.now() - began < soakMs)
  } finally {
    isOver = true
  }
  await sending

  const sql = superuser()
  try {
    const kept = await keptOf(sql, organisation.id)
    const byId = new Map(kept.map((row) => [row.id, row]))
    const lost = [...told.acknowledged].filter(([id, turns]) => (byId.get(id)?.turns ?? 0) < turns)
    expect(lost).toEqual([])
    // Acknowledged or not, a call is there whole: its turns, what it came by, its one entry, what tells others.
    const half = kept.filter(
      ({ turns, told_turns, events, entries, outbox }) =>
        turns !== told_turns || events !== turns - 1 || entries !== 1 || outbox < 1,
    )
    expect(half).toEqual([])
    expect(told.acknowledged.size).toBeGreaterThan(30)
    expect(told.interrupted, 'the kills were felt').toBeGreaterThan(0)
    const opened = await unsealedTexts(organisation.id)
    expect(opened.filter(({ place }) => place === 'call.external_id_sealed')).toHaveLength(2 * kept.length)
    const [last = ''] = [...told.acknowledged.keys()].slice(-1)
    const keys = [organisation.key, organisation.testKey.key]
    const shown = await Promise.all(keys.map((key) => ask(key, 'GET', `/api/v1/calls/${last}`)))
    expect(shown.filter(({ status }) => status === 200).map((one) => json(one)['id'])).toEqual([last])
    if (soakMs > 0)
      process.stdout.write(
        `${told.acknowledged.size} calls acknowledged, ${kills} kills, ${told.interrupted} requests interrupted\n`,
      )
  } finally {
    await sql.end()
  }
})
