import { randomBytes } from 'node:crypto'

import { Retell } from 'retell-sdk'
import { symmetric } from 'retell-sdk/lib/webhook_auth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { POST as hook } from '../../app/api/hooks/[kind]/[token]/route.ts'
import { listProviders } from '../features/providers/index.ts'
import { superuserSql } from '../testing/database.ts'
import { runAs, testOrganisation, type TestOrganisation, testProvider } from '../testing/organisation.ts'
import { sampleEnded } from '../testing/provider-replayer/retell-sample.ts'
import { signRetell } from '../testing/provider-replayer/sign-retell.ts'
import { expectRefused } from '../testing/refused.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
let provider: Awaited<ReturnType<typeof testProvider>>
beforeAll(async () => {
  org = await testOrganisation()
  provider = await testProvider(org.id)
})

const minutes = 60_000
let told = 0
const event = () => JSON.stringify({ event: 'call_ended', call: { ...sampleEnded, call_id: `call_${++told}` } })

interface Sent {
  path?: string
  signature?: string | null
  headers?: Record<string, string>
}

function deliver(
  body: BodyInit,
  { path = provider.path, signature = null, headers = {} }: Sent = {},
): Promise<Response> {
  const [kind = '', token = ''] = path.split('/').slice(-2)
  const given = new Headers({
    'content-type': 'application/json',
    'x-orinode-address': `10.${[...randomBytes(3)].join('.')}`,
    ...(signature === null ? {} : { 'x-retell-signature': signature }),
    ...headers,
  })
  return hook(new Request(`https://localhost:8443${path}`, { method: 'POST', body, headers: given }), {
    params: Promise.resolve({ kind, token }),
  })
}

const storedOf = async ({ id }: TestOrganisation) =>
  (
    await sql<
      { calls: number; events: number }[]
    >`select (select count(*)::int from call where org = ${id}) as calls, (select count(*)::int from call_event where org = ${id}) as events`
  )[0]

/** Of every refusal written down in an organisation: what and why. */
const refusalsOf = async ({ id }: TestOrganisation) =>
  (
    await sql<
      { body: Uint8Array }[]
    >`select body from audit_entry where org = ${id} and action = 'access.refused' order by recorded_at`
  ).map(({ body }): unknown => JSON.parse(Buffer.from(body).toString()))

describe('an address', () => {
  test('we never gave out, of another kind, or cut short is nothing, in the same words', async () => {
    const signature = await Retell.sign('{}', provider.secret)
    const [, token = ''] = provider.path.split('/').slice(-2)
    const paths = [
      `/api/hooks/retell/${randomBytes(32).toString('base64url')}`,
      `/api/hooks/vapi/${token}`,
      `/api/hooks/__proto__/${token}`,
      `/api/hooks/retell/${token.slice(0, -1)}`,
      '/api/hooks/retell/x',
      `/api/hooks/RETELL/${token}`,
    ]
    const requestId = '01a20c96-0bc9-7d5a-a081-764e9b9ed96e'
    const seen = new Set<string>()
    for (const path of paths) {
      const answer = await deliver('{}', { path, signature, headers: { 'x-request-id': requestId } })
      seen.add(JSON.stringify([answer.status, [...answer.headers], await answer.clone().text()]))
      await expectRefused(answer, 404, 'not_found')
    }
    expect(seen.size).toBe(1)
  })
})

describe('a delivery', () => {
  test('signed by Retell’s own SDK is taken, and its call is there', async () => {
    const body = event()
    const answer = await deliver(body, { signature: await Retell.sign(body, provider.secret) })
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { received: true, request_id: answer.headers.get('x-request-id') },
    ])
    expect(await storedOf(org)).toEqual({ calls: 1, events: 1 })
  })

  test('once more with the same signature is taken and changes nothing', async () => {
    const body = event()
    const signature = await Retell.sign(body, provider.secret)
    expect((await deliver(body, { signature })).status).toBe(200)
    const before = await storedOf(org)
    expect((await deliver(body, { signature })).status).toBe(200)
    expect(await storedOf(org)).toEqual(before)
  })

  test('of a kind we do not know yet is acknowledged and stores nothing', async () => {
    const body = JSON.stringify({ event: 'agent_smiled', call: {} })
    const before = await storedOf(org)
    expect((await deliver(body, { signature: await Retell.sign(body, provider.secret) })).status).toBe(200)
    expect(await storedOf(org)).toEqual(before)
  })

  const signatures: [how: string, reason: string, sign: (body: string) => Promise<string | null> | string | null][] = [
    ['not signed', 'missing', () => null],
    ['with an empty signature', 'missing', () => ''],
    ['with words for a signature', 'malformed', () => 'trust me'],
    ['signed with another secret', 'mismatch', (body) => Retell.sign(body, 'key_of_somebody_else')],
    [
      'signed with an empty secret',
      'mismatch',
      (body) => signRetell(body, '', new Date())['x-retell-signature'] ?? null,
    ],
    ['signed for another body', 'mismatch', (body) => Retell.sign(`${body} `, provider.secret)],
    ['signed six minutes ago', 'stale', (body) => symmetric.sign(body, provider.secret, Date.now() - 6 * minutes)],
    ['signed six minutes from now', 'stale', (body) => symmetric.sign(body, provider.secret, Date.now() + 6 * minutes)],
    [
      'with its time moved',
      'mismatch',
      async (body) =>
        (await symmetric.sign(body, provider.secret, Date.now() - minutes)).replace(/v=\d+/, `v=${Date.now()}`),
    ],
  ]

  test.each(signatures)(
    '%s is refused, and the organisation’s log says at whose address and why: %s',
    async (_, reason, sign) => {
      const body = event()
      const [before, refusals] = [await storedOf(org), await refusalsOf(org)]
      await expectRefused(deliver(body, { signature: await sign(body) }), 401, 'invalid_signature')
      expect(await storedOf(org)).toEqual(before)
      const now = await refusalsOf(org)
      expect(now).toHaveLength(refusals.length + 1)
      expect(now.at(-1)).toMatchObject({
        actor: { kind: 'nobody', id: null },
        result: 'refused',
        facts: { provider: provider.id, reason, code: 'invalid_signature' },
      })
    },
  )

  test('signed for one organisation’s address is refused at another’s, and goes where the address says', async () => {
    const other = await testOrganisation()
    const theirs = await testProvider(other.id)
    const body = event()
    await expectRefused(
      deliver(body, { path: theirs.path, signature: await Retell.sign(body, provider.secret) }),
      401,
      'invalid_signature',
    )
    expect(await refusalsOf(other)).toHaveLength(1)
    expect((await deliver(body, { path: theirs.path, signature: await Retell.sign(body, theirs.secret) })).status).toBe(
      200,
    )
    expect(await storedOf(other)).toEqual({ calls: 1, events: 1 })
  })

  test('that is signed and yet no JSON, or does not say it is, is refused for that', async () => {
    const signed = (body: string) => Retell.sign(body, provider.secret)
    await expectRefused(deliver('{', { signature: await signed('{') }), 400, 'invalid_input')
    const body = event()
    await expectRefused(
      deliver(body, { signature: await signed(body), headers: { 'content-type': 'text/plain' } }),
      415,
      'unsupported_type',
    )
    const strange = JSON.stringify({ event: 'call_ended', call: { call_id: 7 } })
    expect(
      await expectRefused(deliver(strange, { signature: await signed(strange) }), 400, 'invalid_input'),
    ).toHaveProperty('call.call_id')
  })

  test('over four MiB is refused before its signature is weighed, and whoever set the address up sees it', async () => {
    const { path, secret, id } = await testProvider(org.id)
    const body = ' '.repeat(4 * 1024 * 1024 + 1)
    const answer = await deliver(body, { path, signature: await Retell.sign(body, secret) })
    const request = answer.headers.get('x-request-id')
    await expectRefused(answer, 413, 'too_large')
    const rejections = async () =>
      (await runAs(listProviders, org.owner.actor, {})).data.find((one) => one.id === id)?.rejections
    await expect.poll(rejections, { timeout: 5_000 }).toMatchObject([{ reason: 'too_large', request_id: request }])
  })

  test('opens nothing with a key or a cookie instead of a signature', async () => {
    await expectRefused(
      deliver(event(), { headers: { 'x-api-key': org.key, cookie: '__Host-orinode.session=x' } }),
      401,
      'invalid_signature',
    )
  })
})

test('a flood of forged deliveries from one address fills nobody’s log', async () => {
  const flooded = await testOrganisation()
  const { path } = await testProvider(flooded.id)
  const headers = { 'x-orinode-address': '192.0.2.77' }
  for (let attempt = 0; attempt < 30; attempt += 1)
    await expectRefused(deliver('{}', { path, headers }), 401, 'invalid_signature')
  expect((await refusalsOf(flooded)).length).toBeLessThanOrEqual(20)
})

test('nor does one from a thousand addresses', async () => {
  const flooded = await testOrganisation()
  const { path } = await testProvider(flooded.id)
  for (let attempt = 0; attempt < 80; attempt += 1)
    await expectRefused(deliver('{}', { path }), 401, 'invalid_signature')
  expect(await refusalsOf(flooded)).toHaveLength(60)
})

test('a body is not even read for an address we never gave out', async () => {
  const body = ' '.repeat(1024 * 1024 + 1)
  const path = `/api/hooks/retell/${randomBytes(32).toString('base64url')}`
  await expectRefused(deliver(body, { path }), 404, 'not_found')
})

test('two systems of a client’s own that count alike keep their calls apart; two addresses of one provider do not', async () => {
  const client = await testOrganisation()
  const mapping = { external_id: 'id', status: { path: 'state', values: { done: 'completed' } } }
  const settings = { signature: { mode: 'secret' }, mapping }
  const tell = async (hook: { path: string; secret: string }) =>
    deliver('{"id":"1","state":"done"}', { path: hook.path, headers: { 'x-webhook-secret': hook.secret } })
  for (const _ of [1, 2]) {
    const hook = await testProvider(client.id, { kind: 'generic', settings })
    expect((await tell(hook)).status).toBe(200)
    expect((await tell(hook)).status).toBe(200)
  }
  expect(await storedOf(client)).toEqual({ calls: 2, events: 2 })
  const body = event()
  for (const _ of [1, 2]) {
    const { path, secret } = await testProvider(client.id)
    expect((await deliver(body, { path, signature: await Retell.sign(body, secret) })).status).toBe(200)
  }
  expect(await storedOf(client)).toEqual({ calls: 3, events: 3 })
})
