import { createHash, randomUUID } from 'node:crypto'

import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { getCall } from '../features/calls/index.ts'
import { superuserSql } from '../testing/database.ts'
import { deliver, deliverTwilio, formType, twilioTime } from '../testing/hook-delivery.ts'
import { runAs, testOrganisation, type TestOrganisation, testProvider, testVault } from '../testing/organisation.ts'
import { sampleAfricasTalkingEnded } from '../testing/provider-replayer/africastalking-sample.ts'
import { formOf, signTwilio } from '../testing/provider-replayer/sign-twilio.ts'
import { sampleTwilioCompleted, sampleTwilioRecording } from '../testing/provider-replayer/twilio-sample.ts'
import { expectRefused } from '../testing/refused.ts'
import { sealed } from '../vault/columns.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
let twilio: Awaited<ReturnType<typeof testProvider>>
let talking: Awaited<ReturnType<typeof testProvider>>
beforeAll(async () => {
  org = await testOrganisation()
  twilio = await testProvider(org.id, { kind: 'twilio' })
  talking = await testProvider(org.id, { kind: 'africastalking', secret: null })
})

const completed = (more: Record<string, string> = {}) => ({
  ...sampleTwilioCompleted,
  CallSid: `CA${randomUUID().replaceAll('-', '')}`,
  Timestamp: twilioTime(),
  ...more,
})
const ended = (more: Record<string, string> = {}) => ({
  ...sampleAfricasTalkingEnded,
  sessionId: `ATVId_${randomUUID()}`,
  ...more,
})
const origin = 'https://localhost:8443'

interface Stored {
  calls: number
  events: number
  sources: number
  outbox: number
}

/** Rows of every kind that an accepted event makes. */
async function stored({ id }: TestOrganisation): Promise<Stored> {
  const [row] = await sql<Stored[]>`
    select (select count(*)::int from call where org = ${id}) as calls, (select count(*)::int from call_event where org = ${id}) as events,
      (select count(*)::int from call_source where org = ${id}) as sources, (select count(*)::int from outbox_event where org = ${id}) as outbox`
  if (!row) throw new Error('counts are always there')
  return row
}

interface Row {
  id: string
  recording_url_sealed: Uint8Array
}

async function newestCall({ id }: TestOrganisation): Promise<Row> {
  const [row] = await sql<Row[]>`select * from call where org = ${id} order by created_at desc, id desc limit 1`
  if (!row) throw new Error('there is no call')
  return row
}

describe('Twilio at the door', () => {
  test('signed by its own library, with our port or without, is taken', async () => {
    expect((await deliverTwilio(twilio, completed())).status).toBe(200)
    const url = `https://localhost${twilio.path}`
    expect((await deliverTwilio(twilio, completed(), { url })).status).toBe(200)
    expect(await newestCall(org)).toMatchObject({
      provider: 'twilio',
      status: 'completed',
      talk_ms: 42_000,
      caller_last3: '142',
      number: '+2342017000100',
      countries: ['US'],
      cost_minor: null,
    })
  })

  test('a recording joins its call, whichever came first', async () => {
    const call = completed()
    const recording = { ...sampleTwilioRecording, CallSid: call.CallSid, RecordingStartTime: twilioTime() }
    const before = await stored(org)
    expect((await deliverTwilio(twilio, recording)).status).toBe(200)
    expect((await deliverTwilio(twilio, call)).status).toBe(200)
    expect(await stored(org)).toMatchObject({ calls: before.calls + 1, events: before.events + 2 })
    const row = await newestCall(org)
    expect(row).toMatchObject({ status: 'completed', caller_last3: '142', caller_kind: 'number' })
    const vault = await testVault(org.id)
    expect(vault.open(sealed.call.recordingUrl, row.id, row.recording_url_sealed)).toBe(
      sampleTwilioRecording.RecordingUrl,
    )
  })

  test('once more, or written otherwise under the same signature, is taken and changes nothing', async () => {
    const form = completed()
    expect((await deliverTwilio(twilio, form)).status).toBe(200)
    const before = await stored(org)
    const headers = signTwilio(form, twilio.secret, origin + twilio.path)
    const { CallDuration, ...rest } = form
    const spellings = [
      formOf(form),
      formOf(Object.fromEntries(Object.entries(form).toReversed())),
      formOf({ ...form, Called: [form.Called, form.Called] }),
      formOf(form).replace('CallSid=', '%43all%53id='),
      formOf({ ...rest, CallDurati: `on${CallDuration}` }),
    ]
    for (const body of spellings) expect((await deliver(twilio.path, body, headers)).status).toBe(200)
    expect(await stored(org)).toEqual(before)
  })

  type Forgery = (form: Record<string, string>) => Record<string, string> | Promise<Record<string, string>>
  const forgeries: [string, string, Forgery][] = [
    ['unsigned', 'missing', () => formType],
    ['signed with nothing', 'missing', () => ({ ...formType, 'x-twilio-signature': '' })],
    ['signed with words', 'malformed', () => ({ ...formType, 'x-twilio-signature': 'sha256=00' })],
    ['signed with another token', 'mismatch', (form) => signTwilio(form, 'somebody else', origin + twilio.path)],
    ['signed with no token', 'mismatch', (form) => signTwilio(form, '', origin + twilio.path)],
    [
      'signed for another form',
      'mismatch',
      (form) => signTwilio({ ...form, To: '+1' }, twilio.secret, origin + twilio.path),
    ],
    [
      'signed for another host',
      'mismatch',
      (form) => signTwilio(form, twilio.secret, `https://evil.example${twilio.path}`),
    ],
    [
      'signed for another scheme',
      'mismatch',
      (form) => signTwilio(form, twilio.secret, `http://localhost:8443${twilio.path}`),
    ],
    [
      'signed for an address beside it',
      'mismatch',
      (form) => signTwilio(form, twilio.secret, `${origin}${twilio.path}x`),
    ],
    [
      'signed as Retell signs',
      'missing',
      () => ({ ...formType, 'x-retell-signature': `v=${Date.now()},d=${'0'.repeat(64)}` }),
    ],
  ]

  test.each(forgeries)('%s is refused as %s, and leaves nothing', async (_, _reason, forge) => {
    const [before, form] = [await stored(org), completed()]
    await expectRefused(deliver(twilio.path, formOf(form), await forge(form)), 401, 'invalid_signature')
    expect(await stored(org)).toEqual(before)
  })

  test('signed for one organisation’s address is refused at another’s, however it is signed', async () => {
    const other = await testOrganisation()
    const theirs = await testProvider(other.id, { kind: 'twilio' })
    const form = completed()
    for (const url of [origin + twilio.path, origin + theirs.path])
      await expectRefused(
        deliver(theirs.path, formOf(form), signTwilio(form, twilio.secret, url)),
        401,
        'invalid_signature',
      )
    expect(await stored(other)).toMatchObject({ calls: 0, events: 0 })
  })

  test('whose own time is a week old is refused, so that nothing comes in again once it is forgotten', async () => {
    const old = completed({ Timestamp: twilioTime(new Date(Date.now() - 8 * 24 * 3_600_000)) })
    await expectRefused(deliverTwilio(twilio, old), 401, 'invalid_signature')
  })

  test('signed, and yet no form or not the one it says it is, is refused for that', async () => {
    const json = JSON.stringify(completed())
    const query = `?bodySHA256=${createHash('sha256').update(json).digest('hex')}`
    const signature = getExpectedTwilioSignature(twilio.secret, origin + twilio.path + query, {})
    const signed = { 'content-type': 'application/json', 'x-twilio-signature': signature }
    await expectRefused(deliver(twilio.path + query, json, signed), 415, 'unsupported_type')
    await expectRefused(deliver(twilio.path + query, `${json} `, signed), 401, 'invalid_signature')
    const form = completed()
    for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/json', ''])
      await expectRefused(deliverTwilio(twilio, form, { headers: { 'content-type': type } }), 415, 'unsupported_type')
    expect(
      await expectRefused(deliverTwilio(twilio, completed({ CallDuration: 'long' })), 400, 'invalid_input'),
    ).toEqual({
      CallDuration: 'must be whole seconds',
    })
  })

  test('with anything else in the query is refused, though its signature covers it', async () => {
    const form = completed()
    for (const query of ['?to=me', `?bodySHA256=${'0'.repeat(64)}&to=me`, '?bodySHA256=1'])
      expect((await deliverTwilio({ ...twilio, path: twilio.path + query }, form)).status).not.toBe(200)
    await expectRefused(deliverTwilio({ ...twilio, path: `${twilio.path}?to=me` }, form), 400, 'invalid_input')
  })
})

test('a key or a cookie opens nothing that a signature should', async () => {
  const headers = { 'x-api-key': org.key, cookie: '__Host-orinode.session=x', authorization: 'Basic eDp5' }
  await expectRefused(deliver(twilio.path, formOf(completed()), { ...formType, ...headers }), 401, 'invalid_signature')
})

describe('Africa’s Talking at the door', () => {
  test('is taken from whoever knows the address, and its call says that nobody has vouched for it yet', async () => {
    expect((await deliver(talking.path, formOf(ended()), formType)).status).toBe(200)
    const row = await newestCall(org)
    expect(row).toMatchObject({
      provider: 'africastalking',
      status: 'completed',
      cost_minor: '239',
      cost_currency: 'KES',
      countries: ['KE'],
      caller_last3: '142',
    })
    expect((await runAs(getCall, org.owner.actor, { id: row.id })).reconciliation).toMatchObject({ result: 'not_yet' })
  })

  test('once more, in another order, is taken and changes nothing', async () => {
    const form = ended()
    expect((await deliver(talking.path, formOf(form), formType)).status).toBe(200)
    const before = await stored(org)
    const turned = Object.fromEntries(Object.entries(form).toReversed())
    for (const again of [form, turned]) expect((await deliver(talking.path, formOf(again), formType)).status).toBe(200)
    expect(await stored(org)).toEqual(before)
  })

  test('cannot touch a call that a signed provider told of, whatever it calls itself', async () => {
    const call = completed()
    expect((await deliverTwilio(twilio, call)).status).toBe(200)
    const told = await newestCall(org)
    const forged = ended({ sessionId: call.CallSid, hangupCause: 'USER_BUSY', amount: '9999' })
    expect((await deliver(talking.path, formOf(forged), formType)).status).toBe(200)
    expect((await sql`select * from call where org = ${org.id} and id = ${told.id}`)[0]).toEqual(told)
  })

  test('at an address one letter off, or another organisation’s kind, is nothing', async () => {
    const [before, body] = [await stored(org), formOf(ended())]
    const off = talking.path.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    for (const path of [
      off,
      talking.path.replace('africastalking', 'twilio'),
      talking.path.replace('africastalking', 'generic'),
    ])
      await expectRefused(deliver(path, body, formType), 404, 'not_found')
    expect(await stored(org)).toEqual(before)
  })

  test('that is no form, or not the one it says it is, is refused for that', async () => {
    const body = formOf(ended())
    for (const type of ['application/json', 'text/plain', ''])
      await expectRefused(deliver(talking.path, body, { 'content-type': type }), 415, 'unsupported_type')
    await expectRefused(deliver(talking.path, Buffer.from([0x61, 0xff]), formType), 400, 'invalid_input')
    await expectRefused(deliver(talking.path, 'a&'.repeat(5_000), formType), 400, 'invalid_input')
    expect(
      await expectRefused(deliver(talking.path, formOf(ended({ amount: 'free' })), formType), 400, 'invalid_input'),
    ).toEqual({ amount: 'must be a plain amount' })
  })
})

describe.each(['twilio', 'africastalking'])('at the door of %s', (kind) => {
  const there = () => (kind === 'twilio' ? twilio : talking)

  test('over one MiB is refused', async () => {
    const body = `a=${'x'.repeat(1024 * 1024)}`
    await expectRefused(deliver(there().path, body, formType), 413, 'too_large')
  })
})

test('keys a caller pressed are kept nowhere, not even sealed, though masking is off', async () => {
  const open = await testOrganisation({ masking: false })
  const [voice, phone] = [
    await testProvider(open.id, { kind: 'twilio', masking: false }),
    await testProvider(open.id, { kind: 'africastalking', secret: null, masking: false }),
  ]
  expect((await deliverTwilio(voice, completed({ Digits: '4111222233334444' }))).status).toBe(200)
  expect((await deliver(phone.path, formOf(ended({ dtmfDigits: '4111222233334444' })), formType)).status).toBe(200)
  const vault = await testVault(open.id)
  const bodies = await sql<
    { id: string; body: Uint8Array }[]
  >`select id, body_sealed as body from call_event where org = ${open.id}`
  expect(bodies).toHaveLength(2)
  for (const { id, body } of bodies) {
    const kept = vault.open(sealed.callEvent.body, id, body)
    expect(kept).toMatch(/CallSid=|sessionId=/)
    expect(kept).not.toMatch(/4111|Digits/)
  }
})
