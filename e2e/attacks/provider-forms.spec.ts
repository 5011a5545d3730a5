import { createHash, randomUUID } from 'node:crypto'

import { expect, test } from '@playwright/test'
import type postgres from 'postgres'

import { sampleAfricasTalkingEnded } from '../../lib/testing/provider-replayer/africastalking-sample.ts'
import { formOf, signTwilio } from '../../lib/testing/provider-replayer/sign-twilio.ts'
import { sampleTwilioCompleted } from '../../lib/testing/provider-replayer/twilio-sample.ts'
import { superuser } from '../support/database.ts'
import { naughtyStrings } from '../../lib/testing/vectors.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { deliverAfricasTalking, deliverTwilio, formType } from '../support/provider-hook.ts'
import { app, webLog } from '../support/running-app.ts'
import { type Answer, type HeaderList, json, send } from '../support/send.ts'

let sql: postgres.Sql
let mine: Organisation
let theirs: Organisation
test.beforeAll(async () => {
  sql = superuser()
  ;[mine, theirs] = await Promise.all([ownOrganisation(), ownOrganisation()])
})
test.afterAll(() => sql.end())

const now = (): string => new Date().toUTCString().replace('GMT', '+0000')
const completed = (more: Record<string, string> = {}): Record<string, string> => ({
  ...sampleTwilioCompleted,
  CallSid: `CA${randomUUID().replaceAll('-', '')}`,
  Timestamp: now(),
  ...more,
})
const ended = (more: Record<string, string> = {}): Record<string, string> => ({
  ...sampleAfricasTalkingEnded,
  sessionId: `ATVId_${randomUUID()}`,
  ...more,
})

/** Rows that only an accepted event makes. */
async function stored(org: string): Promise<Record<string, number>> {
  const [row] = await sql`
    select (select count(*)::int from call where org = ${org}) as calls, (select count(*)::int from call_event where org = ${org}) as events,
      (select count(*)::int from outbox_event where org = ${org}) as outbox`
  return Object.fromEntries(Object.entries(row ?? {}).map(([name, count]) => [name, Number(count)]))
}

const post = (path: string, headers: Record<string, string> | HeaderList, body: string | Buffer): Promise<Answer> =>
  send({ method: 'POST', path, headers, body })

test('what Twilio’s own library signs for the address we gave out is taken, and once more changes nothing', async () => {
  const form = completed()
  const before = await stored(mine.id)
  for (const answer of [await deliverTwilio(mine, form), await deliverTwilio(mine, form)])
    expect([answer.status, json(answer)['received']]).toEqual([200, true])
  const turned = formOf(Object.fromEntries(Object.entries(form).toReversed()))
  const headers = signTwilio(form, mine.twilio.secret, app.origin + mine.twilio.path)
  expect((await post(mine.twilio.path, headers, turned)).status).toBe(200)
  expect(await stored(mine.id)).toMatchObject({
    calls: (before['calls'] ?? 0) + 1,
    events: (before['events'] ?? 0) + 1,
  })
})

type Attempt = () => Promise<Answer>
const twilioSigned = (form: Record<string, string>, secret = mine.twilio.secret, path = mine.twilio.path) =>
  signTwilio(form, secret, app.origin + path)
const forged: [title: string, status: number, attempt: Attempt][] = [
  ['a form nobody signed', 401, () => post(mine.twilio.path, formType, formOf(completed()))],
  [
    'a form signed with another token',
    401,
    () => {
      const form = completed()
      return post(mine.twilio.path, twilioSigned(form, 'somebody else'), formOf(form))
    },
  ],
  [
    'a form signed with no token',
    401,
    () => {
      const form = completed()
      return post(mine.twilio.path, twilioSigned(form, ''), formOf(form))
    },
  ],
  [
    'a form that was changed',
    401,
    () => {
      const form = completed()
      return post(mine.twilio.path, twilioSigned(form), formOf({ ...form, CallDuration: '9999' }))
    },
  ],
  [
    'a form with a field more',
    401,
    () => {
      const form = completed()
      return post(mine.twilio.path, twilioSigned(form), `${formOf(form)}&To=%2B2348035550199`)
    },
  ],
  [
    'a form signed for another organisation’s address',
    401,
    () => {
      const form = completed()
      return post(theirs.twilio.path, twilioSigned(form), formOf(form))
    },
  ],
  [
    'a form signed with another organisation’s token for this address',
    401,
    () => {
      const form = completed()
      return post(theirs.twilio.path, twilioSigned(form, mine.twilio.secret, theirs.twilio.path), formOf(form))
    },
  ],
  [
    'two signatures at once',
    401,
    () => {
      const form = completed()
      const { 'x-twilio-signature': signature = '' } = twilioSigned(form)
      const twice = ['x-twilio-signature', signature] as const
      return post(mine.twilio.path, [['Content-Type', formType['Content-Type']], twice, twice], formOf(form))
    },
  ],
  [
    'an event of a week ago',
    401,
    () => deliverTwilio(mine, completed({ Timestamp: 'Mon, 05 Jan 2026 09:00:00 +0000' })),
  ],
  [
    'JSON, though its signature covers it',
    415,
    () => {
      const body = JSON.stringify(completed())
      const path = `${mine.twilio.path}?bodySHA256=${createHash('sha256').update(body).digest('hex')}`
      return post(
        path,
        { ...signTwilio({}, mine.twilio.secret, app.origin + path), 'content-type': 'application/json' },
        body,
      )
    },
  ],
  [
    'a form that calls itself text',
    415,
    () => {
      const form = completed()
      return post(mine.twilio.path, { ...twilioSigned(form), 'content-type': 'text/plain' }, formOf(form))
    },
  ],
  [
    'a form with something in the query',
    400,
    () => {
      const form = completed()
      const path = `${mine.twilio.path}?to=me`
      return post(path, twilioSigned(form, mine.twilio.secret, path), formOf(form))
    },
  ],
  ['a form over one MiB', 413, () => deliverTwilio(mine, { ...completed(), More: 'x'.repeat(1_048_577) })],
  ['a form of ten thousand fields', 400, () => post(mine.africasTalking.path, formType, 'a=1&'.repeat(10_000))],
  ['a form that is no UTF-8', 400, () => post(mine.africasTalking.path, formType, Buffer.from([0x61, 0x3d, 0xff]))],
  ['Africa’s Talking in JSON', 415, () => post(mine.africasTalking.path, { 'Content-Type': 'application/json' }, '{}')],
  [
    'Africa’s Talking over one MiB',
    413,
    () => deliverAfricasTalking(mine, { ...ended(), more: 'x'.repeat(1_048_577) }),
  ],
  ['an amount that is none', 400, () => deliverAfricasTalking(mine, ended({ amount: '-1' }))],
  [
    'an address one letter off',
    404,
    () =>
      post(
        mine.africasTalking.path.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
        formType,
        formOf(ended()),
      ),
  ],
  [
    'one provider’s address under another’s name',
    404,
    () => post(mine.twilio.path.replace('twilio', 'africastalking'), formType, formOf(ended())),
  ],
]

for (const [title, status, attempt] of forged) {
  test(`${title} is refused and leaves nothing`, async () => {
    const before = [await stored(mine.id), await stored(theirs.id)]
    const answer = await attempt()
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining('request_id')])
    expect([await stored(mine.id), await stored(theirs.id)]).toEqual(before)
  })
}

test('whoever knows an unsigned address writes there, and nowhere else', async () => {
  const signed = completed()
  expect((await deliverTwilio(mine, signed)).status).toBe(200)
  const call = async () =>
    (await sql`select * from call where org = ${mine.id} and provider = 'twilio' order by created_at desc limit 1`)[0]
  const told = await call()
  const forgery = ended({ sessionId: signed['CallSid'] ?? '', hangupCause: 'USER_BUSY' })
  expect((await deliverAfricasTalking(mine, forgery)).status).toBe(200)
  expect(await call()).toEqual(told)
  expect(await stored(theirs.id)).toMatchObject({ calls: 0 })
})

test('no text in any field makes a failure, comes back or stands in the log', async () => {
  const [texts, own] = [naughtyStrings(), await ownOrganisation({ masking: false })]
  const statuses = new Set<number>()
  const repeated: string[] = []
  for (const text of texts) {
    const words = text.slice(0, 60)
    for (const answer of [
      await deliverTwilio(
        own,
        completed({ CallStatus: words, Direction: words, From: words, To: words, CallerName: text }),
      ),
      await deliverAfricasTalking(
        own,
        ended({ callerNumber: words, hangupCause: words, recordingUrl: text, odd: text }),
      ),
    ]) {
      statuses.add(answer.status)
      if (text.trim().length > 8 && answer.whole.includes(text)) repeated.push(text)
    }
  }
  expect([...statuses].filter((status) => status !== 200 && status !== 400)).toEqual([])
  expect(repeated).toEqual([])
  const log = webLog()
  expect(texts.filter((text) => text.trim().length > 12 && log.includes(text))).toEqual([])
})
