import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { newId } from '../../kernel/ids.ts'
import { superuserSql } from '../../testing/database.ts'
import { openedDump } from '../../testing/database-dump.ts'
import { runAs, testOrganisation, type TestOrganisation, testVault } from '../../testing/organisation.ts'
import { toldCall } from '../../testing/told-call.ts'
import { addEvent, ingestCall, readTranscript } from './index.ts'
import { newCall, textsOf, turn } from './turns.test-support.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
let id: string
let external_id: string
beforeAll(async () => {
  org = await testOrganisation()
})
beforeEach(async () => {
  external_id = newId()
  id = await newCall(org, { external_id })
})

const add = (event: Record<string, unknown>, to = id) => runAs(addEvent, org.keyActor, { id: to, event })

describe('turns that come one by one', () => {
  const transcript = [
    { role: 'agent', text: 'Good morning', at_ms: 0 },
    { role: 'caller', text: 'My order', at_ms: 2_000 },
  ]

  test('stand after those of a transcript told before, in the order they were spoken', async () => {
    const call = await newCall(org, { transcript })
    await add(turn('It is late', 9_000), call)
    await add(turn('Which one?', 4_000, 'agent'), call)
    await add(turn('Sorry?', 9_000, 'agent'), call)
    expect(await textsOf(org, call)).toEqual([
      'agent: Good morning',
      'caller: My order',
      'agent: Which one?',
      'caller: It is late',
      'agent: Sorry?',
    ])
    const [counted] = await sql`select transcript_turns from call where org = ${org.id} and id = ${call}`
    expect(counted).toEqual({ transcript_turns: 5 })
  })

  test('all stay when they come at once', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, at) => add(turn(`turn ${at}`, at * 100))))
    expect(await textsOf(org, id)).toEqual(Array.from({ length: 8 }, (_, at) => `caller: turn ${at}`))
  })

  test('give way to a whole transcript that has more, and to none that has fewer', async () => {
    await add(turn('Good', 0))
    const resend = (turns: typeof transcript) =>
      runAs(ingestCall, org.keyActor, toldCall({ external_id, transcript: turns }))
    await resend(transcript)
    expect(await textsOf(org, id)).toEqual(['agent: Good morning', 'caller: My order'])
    await add(turn('Hello?', 5_000))
    await resend(transcript.slice(0, 1))
    expect(await textsOf(org, id)).toEqual(['agent: Good morning', 'caller: My order', 'caller: Hello?'])
  })
})

describe('a number read out over turns that come one by one', () => {
  const spoken: [role: string, text: string][] = [
    ['agent', 'Which number, please?'],
    ['caller', 'It is zero eight zero three'],
    ['agent', 'I have that, go on'],
    ['caller', '555'],
    ['agent', 'and then?'],
    ['caller', '01, 42'],
  ]
  const tell = async (org: TestOrganisation) => {
    const call = await newCall(org)
    for (const [at, [role, text]] of spoken.entries())
      await runAs(
        addEvent,
        org.keyActor,
        { id: call, event: turn(text, at * 1_000, role) },
        { idempotencyKey: `${at}` },
      )
    return call
  }

  test('is taken out of all of them while masking is on, and of everything kept of how they came', async () => {
    const own = await testOrganisation()
    const call = await tell(own)
    const { turns } = await runAs(readTranscript, own.owner.actor, { id: call })
    expect(turns.map(({ text }) => text)).toEqual([
      'Which number, please?',
      'It is [number removed]',
      'I have that, go on',
      '[number removed]',
      'and then?',
      '[number removed]',
    ])
    const opened = await openedDump(sql, await testVault(own.id))
    expect(opened.filter(({ where }) => where === 'call_turn.text_sealed')).toHaveLength(6)
    const kept = opened.filter(({ where }) => ['call_turn.text_sealed', 'call_event.body_sealed'].includes(where))
    expect(kept.filter(({ text }) => /eight zero|\b555\b|01, 42/.test(text))).toEqual([])
  })

  test('is kept as it was said while masking is off', async () => {
    const own = await testOrganisation({ masking: false })
    const { turns } = await runAs(readTranscript, own.owner.actor, { id: await tell(own) })
    expect(turns.map(({ text }) => text)).toEqual(spoken.map(([, text]) => text))
  })
})
