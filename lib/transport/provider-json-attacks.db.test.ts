import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { superuserSql } from '../testing/database.ts'
import { deliver } from '../testing/hook-delivery.ts'
import { testOrganisation, type TestOrganisation, testProvider } from '../testing/organisation.ts'
import { genericDayMapping } from '../testing/provider-replayer/generic-day.ts'
import { sampleGeneric } from '../testing/provider-replayer/generic-sample.ts'
import { signByRule } from '../testing/provider-replayer/sign-by-rule.ts'
import { sampleVapi } from '../testing/provider-replayer/vapi-sample.ts'
import { expectRefused } from '../testing/refused.ts'

const sql = superuserSql()
afterAll(() => sql.end())

type Provider = Awaited<ReturnType<typeof testProvider>>
type Proof = (body: string, secret: string, at: Date) => Record<string, string>
interface Way {
  kind: 'vapi' | 'generic'
  settings: Record<string, unknown>
  proof: Proof
  /** Only what covers the body can tell that it was changed. */
  isSigned: boolean
}

const rule = { header: 'x-signature', algorithm: 'sha256', encoding: 'hex' } as const
const ownRule = { header: 'x-webhook-signature', algorithm: 'sha256', encoding: 'base64' } as const
const ways: Record<string, Way> = {
  'vapi, bearer': {
    kind: 'vapi',
    settings: { mode: 'bearer' },
    proof: (_, secret) => ({ authorization: `Bearer ${secret}` }),
    isSigned: false,
  },
  'vapi, secret': {
    kind: 'vapi',
    settings: { mode: 'secret' },
    proof: (_, secret) => ({ 'x-vapi-secret': secret }),
    isSigned: false,
  },
  'vapi, hmac': {
    kind: 'vapi',
    settings: { mode: 'hmac' },
    proof: (body, secret, at) => signByRule(body, secret, at, rule),
    isSigned: true,
  },
  'generic, secret': {
    kind: 'generic',
    settings: { mapping: genericDayMapping, signature: { mode: 'secret', header: 'x-key' } },
    proof: (_, secret) => ({ 'x-key': secret }),
    isSigned: false,
  },
  'generic, hmac': {
    kind: 'generic',
    settings: {
      mapping: genericDayMapping,
      signature: { mode: 'hmac', encoding: 'base64', payload: '{timestamp}.{body}' },
    },
    proof: (body, secret, at) => signByRule(body, secret, at, ownRule),
    isSigned: true,
  },
}
const signedWays = Object.entries(ways).filter(([, { isSigned }]) => isSigned)

let org: TestOrganisation
let other: TestOrganisation
const hooks = new Map<string, { ours: Provider; theirs: Provider }>()
beforeAll(async () => {
  ;[org, other] = [await testOrganisation({ masking: false }), await testOrganisation({ masking: false })]
  for (const [name, { kind, settings }] of Object.entries(ways)) {
    const open = ({ id }: TestOrganisation) => testProvider(id, { kind, settings, masking: false })
    hooks.set(name, { ours: await open(org), theirs: await open(other) })
  }
})
const hooksOf = (name: string) => {
  const found = hooks.get(name)
  if (!found) throw new Error('no such hook')
  return found
}

let told = 0
/** An event of a call of its own. */
function eventOf({ kind }: Way, more: Record<string, unknown> = {}): string {
  told += 1
  if (kind === 'vapi')
    return JSON.stringify(sampleVapi('status-update', { status: 'ringing', ...more }, { id: `call-${told}` }))
  return JSON.stringify({
    ...sampleGeneric,
    id: `ev_${told}`,
    call: { ...sampleGeneric.call, ref: `call-${told}`, ...more },
  })
}
const json = { 'content-type': 'application/json' }
const send = (path: string, body: string, headers: Record<string, string>) =>
  deliver(path, body, { ...json, ...headers })

const stored = async () => {
  const [row] = await sql<{ events: number }[]>`
    select count(*)::int as events from call_event where org in (${org.id}, ${other.id})`
  return row?.events ?? 0
}
/** Nothing more is stored after an attack than before it. */
async function expectNothingStored(answering: Promise<Response>, status: number, code: string): Promise<void> {
  const before = await stored()
  await expectRefused(answering, status, code)
  expect(await stored()).toBe(before)
}

describe.each(Object.entries(ways))('%s', (name, way) => {
  test('takes what its sender proves', async () => {
    const { ours } = hooksOf(name)
    const body = eventOf(way)
    const before = await stored()
    expect((await send(ours.path, body, way.proof(body, ours.secret, new Date()))).status).toBe(200)
    expect(await stored()).toBe(before + 1)
  })

  test.each<[string, (proof: Record<string, string>) => Record<string, string>]>([
    ['no proof', () => ({})],
    ['an empty proof', (proof) => Object.fromEntries(Object.keys(proof).map((header) => [header, '']))],
    ['words for a proof', (proof) => Object.fromEntries(Object.keys(proof).map((header) => [header, 'trust me']))],
    ['somebody’s key and cookie', () => ({ 'x-api-key': org.key, cookie: '__Host-orinode.session=x' })],
  ])('refuses %s', async (_, change) => {
    const { ours } = hooksOf(name)
    const body = eventOf(way)
    await expectNothingStored(
      send(ours.path, body, change(way.proof(body, ours.secret, new Date()))),
      401,
      'invalid_signature',
    )
  })

  test.each(['', 'key_of_somebody_else'])('refuses a proof made with the secret %j', async (secret) => {
    const { ours } = hooksOf(name)
    const body = eventOf(way)
    const proof =
      secret === '' && way.isSigned ? signByRule(body, 'x', new Date(), rule) : way.proof(body, secret, new Date())
    await expectNothingStored(send(ours.path, body, proof), 401, 'invalid_signature')
  })

  test('refuses at another organisation’s address what was proven for ours, and puts what is proven there into theirs', async () => {
    const { ours, theirs } = hooksOf(name)
    const body = eventOf(way)
    const now = new Date()
    await expectNothingStored(send(theirs.path, body, way.proof(body, ours.secret, now)), 401, 'invalid_signature')
    expect((await send(theirs.path, body, way.proof(body, theirs.secret, now))).status).toBe(200)
    const rows = await sql<{ org: string }[]>`
      select e.org from call_event e where e.org in (${org.id}, ${other.id}) order by e.received_at desc, e.id desc limit 1`
    expect(rows.map((row) => row.org)).toEqual([other.id])
  })

  test('stores once what comes twice', async () => {
    const { ours } = hooksOf(name)
    const body = eventOf(way)
    const proof = way.proof(body, ours.secret, new Date())
    expect((await send(ours.path, body, proof)).status).toBe(200)
    const before = await stored()
    for (let times = 0; times < 3; times += 1) expect((await send(ours.path, body, proof)).status).toBe(200)
    expect(await stored()).toBe(before)
  })

  test('refuses more than four MiB, and what is no JSON though it is proven', async () => {
    const { ours } = hooksOf(name)
    const prove = (body: string) => way.proof(body, ours.secret, new Date())
    const over = ' '.repeat(4 * 1024 * 1024 + 1)
    await expectNothingStored(send(ours.path, over, prove(over)), 413, 'too_large')
    for (const body of ['{', '', '[1', '{"a":NaN}'])
      await expectNothingStored(send(ours.path, body, prove(body)), 400, 'invalid_input')
    const nested = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    await expectNothingStored(send(ours.path, nested, prove(nested)), 400, 'invalid_input')
    const body = eventOf(way)
    await expectNothingStored(
      deliver(ours.path, body, { ...prove(body), 'content-type': 'text/plain' }),
      415,
      'unsupported_type',
    )
  })

  test('lets no name in a body reach what all objects inherit', async () => {
    const { ours } = hooksOf(name)
    const hostile = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},'
    const body = eventOf(way).replace('{', `{${hostile}`)
    expect((await send(ours.path, body, way.proof(body, ours.secret, new Date()))).status).toBe(200)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })
})

describe.each(signedWays)('%s, whose signature covers the body,', (name, way) => {
  const minute = 60_000

  test('refuses a body changed by one letter, or a time moved', async () => {
    const { ours } = hooksOf(name)
    const body = eventOf(way)
    const proof = way.proof(body, ours.secret, new Date())
    await expectNothingStored(send(ours.path, body.replace('call-', 'cell-'), proof), 401, 'invalid_signature')
    await expectNothingStored(send(ours.path, `${body} `, proof), 401, 'invalid_signature')
    const moved = { ...proof, 'x-timestamp': String(Date.now() + 1) }
    await expectNothingStored(send(ours.path, body, moved), 401, 'invalid_signature')
  })

  test.each([-6 * minute, 6 * minute])('refuses what was signed %d ms from now', async (off) => {
    const { ours } = hooksOf(name)
    const body = eventOf(way)
    await expectNothingStored(
      send(ours.path, body, way.proof(body, ours.secret, new Date(Date.now() + off))),
      401,
      'invalid_signature',
    )
  })
})
