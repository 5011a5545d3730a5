import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { asciiDigits } from '../../kernel/digits.ts'
import { providerKinds } from '../../kernel/provider-kind.ts'
import { superuserSql } from '../../testing/database.ts'
import { databaseDump, type DumpedValue, openedDump } from '../../testing/database-dump.ts'
import { deliver } from '../../testing/hook-delivery.ts'
import { testOrganisation, type TestOrganisation, testProvider, testVault } from '../../testing/organisation.ts'
import { hookSettings } from '../../testing/provider-replayer/hook-settings.ts'
import { replayKinds } from '../../testing/provider-replayer/kinds.ts'
import { holdsPlanted, plantedTails } from '../../testing/provider-replayer/planted-digits.ts'
import { sendShuffled } from '../../testing/provider-replayer/send-shuffled.ts'

const sql = superuserSql()
afterAll(() => sql.end())

const now = new Date(Date.now() - 60_000)
const days = providerKinds.map((kind) => ({ kind, day: replayKinds[kind].day({ seed: 5, now }) }))
const found = (dump: readonly DumpedValue[]): string[] => [
  ...new Set(dump.filter(({ text }) => holdsPlanted(text)).map(({ where }) => where)),
]

/** The same day as all of them tell it, shuffled among each other, each event twice. */
async function replay(masking: boolean): Promise<TestOrganisation> {
  const org = await testOrganisation({ masking })
  const plays = await Promise.all(
    days.map(async ({ kind, day }) => {
      const { settings, isSigned } = hookSettings[kind]
      const hook = await testProvider(org.id, { kind, settings, masking, ...(isSigned ? {} : { secret: null }) })
      return day.map(({ body }) => ({ kind, hook, body }))
    }),
  )
  await sendShuffled({
    deliveries: plays.flat(),
    seed: 3,
    times: 2,
    async send({ kind, hook: { path, secret }, body }) {
      const headers = await replayKinds[kind].headers(body, { url: `https://localhost:8443${path}`, secret })
      const { status } = await deliver(path, body, headers)
      if (status !== 200) throw new Error(`${kind} was answered ${status}`)
    },
  })
  return org
}

describe('after a day of every provider, with masking on,', () => {
  let org: TestOrganisation
  beforeAll(async () => {
    org = await replay(true)
  })

  test('the search would find a number: in what was sent, and in a copy planted in the database', async () => {
    const all = asciiDigits(days.flatMap(({ day }) => day.map(({ body }) => body)).join('\n'))
    const plain = all.replaceAll(/(?<=\d)[ -](?=\d)/g, '')
    expect(plantedTails.filter((tail) => !plain.includes(tail))).toEqual([])
    for (const { day } of days) expect(day.some(({ body }) => holdsPlanted(body))).toBe(true)
    const undone = new Error('undone')
    const planting = sql.begin(async (tx) => {
      for (const [at, tail] of plantedTails.entries())
        await tx`insert into outbox_event (org, id, type, payload) values (${org.id}, gen_random_uuid(), ${`x.${at}`}, ${sql.json({ note: `0${tail.slice(0, 3)} ${tail.slice(3)}` })})`
      const hits = (await databaseDump(tx)).filter(({ text }) => holdsPlanted(text))
      expect(hits.map(({ where }) => where)).toEqual(plantedTails.map(() => 'outbox_event.payload'))
      throw undone
    })
    await expect(planting).rejects.toBe(undone)
  })

  test('the digits of none of its callers stand in any column of any table', async () => {
    expect(found(await databaseDump(sql))).toEqual([])
  })

  test('nor in anything sealed: names of calls, of files, what was said, and the events themselves', async () => {
    const opened = await openedDump(sql, await testVault(org.id))
    expect(opened.filter(({ where }) => where === 'call_event.body_sealed').length).toBeGreaterThan(100)
    expect(found(opened)).toEqual([])
  })

  test('every event is kept, sealed, for seven days', async () => {
    const [row] = await sql`
      select bool_and(expires_at - received_at = interval '7 days') as "isWeek", count(*)::int > 100 as many from call_event where org = ${org.id}`
    expect(row).toEqual({ isWeek: true, many: true })
  })
})

test('with masking off the same day leaves numbers in what is sealed, and still in nothing that is not', async () => {
  const org = await replay(false)
  expect(found(await openedDump(sql, await testVault(org.id)))).toEqual(
    expect.arrayContaining([
      'call.external_id_sealed',
      'call.metadata_sealed',
      'call_turn.text_sealed',
      'call_event.body_sealed',
    ]),
  )
  expect(found(await databaseDump(sql))).toEqual([])
})
