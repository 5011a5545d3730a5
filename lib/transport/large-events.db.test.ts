import { setImmediate as nextTurn } from 'node:timers/promises'

import { Retell } from 'retell-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { superuserSql } from '../testing/database.ts'
import { deliver } from '../testing/hook-delivery.ts'
import { testOrganisation, type TestOrganisation, testProvider } from '../testing/organisation.ts'
import { longRetellCall } from '../testing/provider-replayer/long-call.ts'

const sql = superuserSql()
afterAll(() => sql.end())

type Provider = Awaited<ReturnType<typeof testProvider>>
type Kind = 'retell' | 'vapi'
const orgs = new Map<string, TestOrganisation>()
beforeAll(async () => {
  for (const masking of [true, false]) orgs.set(String(masking), await testOrganisation({ masking }))
})

async function hookOf(kind: Kind, masking: boolean): Promise<Provider & { org: string; kind: Kind }> {
  const org = orgs.get(String(masking))
  if (!org) throw new Error('no organisation')
  return { ...(await testProvider(org.id, { kind, masking })), org: org.id, kind }
}

async function send({ kind, path, secret }: Provider & { kind: Kind }, body: string): Promise<Response> {
  const proof: Record<string, string> =
    kind === 'retell'
      ? { 'x-retell-signature': await Retell.sign(body, secret) }
      : { authorization: `Bearer ${secret}` }
  return deliver(path, body, { 'content-type': 'application/json', ...proof })
}

/** As many words for digits as fit, in as many turns as anybody could want: all of it must be looked at, and most of it goes. */
function nothingButNumbers(): { body: string; turns: number } {
  const message = 'ọkan two three, 0803 555 zero one four two and then five five '.repeat(6)
  const messages = Array.from({ length: 9_000 }, (_, at) => ({
    role: at % 2 === 0 ? 'bot' : 'user',
    message,
    secondsFromStart: at,
  }))
  const call = { id: 'nothing_but_numbers', type: 'webCall', startedAt: '2026-02-25T06:13:20Z' }
  const report = { type: 'end-of-call-report', endedReason: 'customer-ended-call', call, artifact: { messages } }
  return { body: JSON.stringify({ message: report }), turns: messages.length }
}

/** The most work done in one go while this was under way, in milliseconds of this thread: nobody else's work counts. */
async function longestStretch(work: Promise<unknown>): Promise<number> {
  const worked = (): number => process.threadCpuUsage().user / 1000
  let longest = 0
  const state = { isOver: false }
  const end = (): void => {
    state.isOver = true
  }
  work.then(end, end)
  for (let before = worked(); !state.isOver; before = worked()) {
    await nextTurn()
    longest = Math.max(longest, worked() - before)
  }
  return longest
}

const storedTurns = async (org: string) => {
  const [row] = await sql<{ turns: number }[]>`select count(*)::int as turns from call_turn where org = ${org}`
  return row?.turns ?? 0
}

const longest = [
  { what: 'a talk of two hours with a time for every word', kind: 'retell', made: longRetellCall('long', 2) },
  { what: 'nothing but numbers', kind: 'vapi', made: nothingButNumbers() },
] as const
const both = longest.flatMap((one) => [true, false].map((masking) => ({ ...one, masking })))

test.each(both)('$what is taken, and others have their turn meanwhile (masking: $masking)', async (one) => {
  const { body, turns } = one.made
  expect(Buffer.byteLength(body)).toBeGreaterThan(3.5 * 1024 * 1024)
  expect(Buffer.byteLength(body)).toBeLessThan(4 * 1024 * 1024)
  const hook = await hookOf(one.kind, one.masking)
  const before = await storedTurns(hook.org)
  const answering = send(hook, body)
  expect(await longestStretch(answering)).toBeLessThan(150)
  expect((await answering).status).toBe(200)
  expect(await storedTurns(hook.org)).toBe(before + turns)
})

test('a few of them at once all get in, one after the other', async () => {
  const hook = await hookOf('retell', true)
  const calls = Array.from({ length: 6 }, (_, at) => longRetellCall(`call_${at}`, 1))
  const before = await storedTurns(hook.org)
  const answers = await Promise.all(calls.map(({ body }) => send(hook, body)))
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 200))
  expect(await storedTurns(hook.org)).toBe(before + calls.reduce((sum, { turns }) => sum + turns, 0))
})
