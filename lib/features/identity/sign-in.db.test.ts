import { createHash, randomInt } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { mintNobody } from '../../guard/actors.ts'
import { platformOrganisation } from '../../kernel/actor.ts'
import { AppError } from '../../kernel/app-error.ts'
import { superuserSql } from '../../testing/database.ts'
import { databaseDump } from '../../testing/database-dump.ts'
import { runAs, testOrganisation, type TestMember, type TestOrganisation } from '../../testing/organisation.ts'
import { findSession, signIn, signOut } from './index.ts'
import { idleSeconds, lifetimeSeconds } from './session.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation()
})

/** An address nobody else of this file comes from, because tries are counted by it. */
const somewhere = (): string => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`
const enter = (given: { email: string; password: string }, address = somewhere()) =>
  runAs(signIn, mintNobody(), { email: given.email, password: given.password }, { address })

async function refusalOf(given: { email: string; password: string }, address = somewhere()) {
  const refusal: unknown = await enter(given, address).catch((error: unknown) => error)
  if (!(refusal instanceof AppError)) throw new Error('it was let in')
  return refusal
}

const wrong = (member: TestMember) => ({ email: member.email, password: `${member.password}x` })

async function signedIn(member: TestMember) {
  const { session_id } = await enter(member)
  const found = await findSession(session_id)
  if (!found) throw new Error('a fresh session lives')
  return { id: session_id, found }
}

describe('signing in', () => {
  test('with the right password opens a session of that person', async () => {
    const { found } = await signedIn(org.admin)
    expect(found).toMatchObject({ personId: org.admin.actor.id, email: org.admin.email, name: 'Test admin' })
  })

  test('asks for no particular spelling of the e-mail, and for the exact password', async () => {
    await expect(enter({ ...org.admin, email: `  ${org.admin.email.toUpperCase()} ` })).resolves.toMatchObject({
      person_id: org.admin.actor.id,
    })
    expect((await refusalOf({ ...org.admin, password: ` ${org.admin.password}` })).code).toBe('auth_required')
  })

  test('unknown, wrong, suspended, without a password or nonsense: refused in the same words', async () => {
    const { agent: suspended, admin: invited } = await testOrganisation()
    await sql`update person set suspended_at = now() where id = ${suspended.actor.id}`
    await sql`update person set password_hash = null where id = ${invited.actor.id}`
    const refusals = await Promise.all([
      refusalOf(wrong(org.owner)),
      refusalOf({ email: 'nobody@example.test', password: org.owner.password }),
      refusalOf(suspended),
      refusalOf(invited),
      refusalOf({ ...org.owner, email: org.agent.email }),
      refusalOf({ email: '', password: '' }),
      refusalOf({ email: 'x\0y\ud800', password: '\0\ud800' }),
      refusalOf({ email: "' or true --", password: 'x' }),
    ])
    const seen = refusals.map(({ code, message, fields }) => ({ code, message, fields }))
    expect(seen[0]?.code).toBe('auth_required')
    for (const one of seen) expect(one).toEqual(seen[0])
  })

  test('stores of the session’s id its hash only, and of the password nothing to be read', async () => {
    const { id } = await signedIn(org.owner)
    const dump = await databaseDump(sql)
    expect(dump.filter(({ text }) => text.includes(id) || text.includes(org.owner.password))).toEqual([])
    const raw = Buffer.from(id, 'base64url').toString('latin1')
    expect(dump.filter(({ text }) => text.includes(raw))).toEqual([])
    const hash = createHash('sha256').update(id).digest().toString('latin1')
    const hashes = dump.filter(({ text }) => text === hash).map(({ where }) => where)
    expect(hashes).toEqual(['session.id_hash'])
  })

  test('is written down with whom it let in; so is a refusal, without saying who tried', async () => {
    const entriesOf = async (action: string, needle: string) =>
      (
        await sql<
          { target: string | null; body: Uint8Array }[]
        >`select target, body from audit_entry where org = ${platformOrganisation} and action = ${action}`
      ).filter(({ target, body }) => target === needle || Buffer.from(body).toString().includes(needle))
    const before = await entriesOf('session.started', org.agent.actor.id)
    await enter(org.agent)
    expect((await entriesOf('session.started', org.agent.actor.id)).length).toBe(before.length + 1)
    const refused = await entriesOf('access.refused', 'identity.sign-in')
    await refusalOf(wrong(org.agent))
    const now = await entriesOf('access.refused', 'identity.sign-in')
    expect(now.length).toBe(refused.length + 1)
    for (const { body } of now) expect(Buffer.from(body).toString()).not.toMatch(/@example\.test/)
  })
})

describe('a session', () => {
  test.each(['', 'x', 'A'.repeat(43), `${'A'.repeat(42)}'`, 'A'.repeat(44)])(
    'nobody opened is none: %j',
    async (id) => {
      expect(await findSession(id)).toBeNull()
    },
  )

  test('is over at the next look after signing out, and only that one', async () => {
    const [one, other] = [await signedIn(org.owner), await signedIn(org.owner)]
    await runAs(signOut, { ...org.owner.actor, sessionHash: one.found.sessionHash }, {})
    expect(await findSession(one.id)).toBeNull()
    expect(await findSession(other.id)).not.toBeNull()
  })

  test('ends when nobody used it for its idle time, and a look in between keeps it', async () => {
    const { id, found } = await signedIn(org.owner)
    const lastSeen = (secondsAgo: number) =>
      sql`update session set last_seen_at = now() - make_interval(secs => ${secondsAgo}) where id_hash = ${found.sessionHash}`
    await lastSeen(idleSeconds - 5)
    expect(await findSession(id)).not.toBeNull()
    const [touched] = await sql<
      { isFresh: boolean }[]
    >`select last_seen_at > now() - interval '1 minute' as "isFresh" from session where id_hash = ${found.sessionHash}`
    expect(touched).toEqual({ isFresh: true })
    await lastSeen(idleSeconds + 1)
    expect(await findSession(id)).toBeNull()
    expect(await findSession(id)).toBeNull()
  })

  test('ends at its lifetime however much it was used', async () => {
    const { id, found } = await signedIn(org.owner)
    const [begun] = await sql<
      { seconds: number }[]
    >`select extract(epoch from expires_at - created_at)::int as seconds from session where id_hash = ${found.sessionHash}`
    expect(begun).toEqual({ seconds: lifetimeSeconds })
    await sql`update session set expires_at = now() + interval '1 minute', last_seen_at = now() - interval '1 hour' where id_hash = ${found.sessionHash}`
    expect(await findSession(id)).not.toBeNull()
    const [extended] = await sql<
      { isNot: boolean }[]
    >`select expires_at < now() + interval '2 minutes' as "isNot" from session where id_hash = ${found.sessionHash}`
    expect(extended).toEqual({ isNot: true })
    await sql`update session set expires_at = now() - interval '1 second' where id_hash = ${found.sessionHash}`
    expect(await findSession(id)).toBeNull()
  })

  test('ends with its person’s suspension', async () => {
    const member = (await testOrganisation()).agent
    const { id } = await signedIn(member)
    await sql`update person set suspended_at = now() where id = ${member.actor.id}`
    expect(await findSession(id)).toBeNull()
  })
})

describe('too many tries', () => {
  const codes = async (tries: Promise<unknown>[]) =>
    (await Promise.allSettled(tries)).map((one) =>
      one.status === 'fulfilled' ? 'in' : one.reason instanceof AppError ? one.reason.code : 'broken',
    )

  test('the sixth after five wrong ones is refused even with the right password, and says when to come back', async () => {
    const here = somewhere()
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect((await refusalOf(wrong(org.owner), here)).code).toBe('auth_required')
    const refusal = await refusalOf(org.owner, here)
    expect(refusal.code).toBe('rate_limited')
    expect(refusal.retryAfterSeconds).toBeGreaterThan(800)
    expect(refusal.retryAfterSeconds).toBeLessThanOrEqual(900)
    // The account itself is not locked, or anybody could lock it.
    await expect(enter(org.owner, somewhere())).resolves.toMatchObject({ person_id: org.owner.actor.id })
  })

  test('tries at once are counted before any is weighed: five of twenty get an answer', async () => {
    const here = somewhere()
    const told = await codes(
      Array.from({ length: 20 }, () => enter({ email: 'nobody@example.test', password: 'x' }, here)),
    )
    expect(told.filter((code) => code === 'auth_required')).toHaveLength(5)
    expect(told.filter((code) => code === 'rate_limited')).toHaveLength(15)
  })

  test('a success gives its place back: an office behind one address is not locked out', async () => {
    const here = somewhere()
    for (let attempt = 0; attempt < 7; attempt += 1) await enter(org.owner, here)
    expect((await refusalOf(wrong(org.owner), here)).code).toBe('auth_required')
  })

  test('a success takes no failure back: whoever knows one account may not guess at another', async () => {
    const here = somewhere()
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await enter(org.agent, here)
      expect((await refusalOf(wrong(org.owner), here)).code).toBe('auth_required')
    }
    expect((await refusalOf(org.agent, here)).code).toBe('rate_limited')
  })

  test('one household of IPv6 addresses is one address, and the next household another', async () => {
    const household = `2001:db8:${randomInt(1, 65_535).toString(16)}:7`
    const told = await codes(Array.from({ length: 8 }, (_, at) => enter(wrong(org.owner), `${household}::${at + 1}`)))
    expect(told.filter((code) => code === 'auth_required')).toHaveLength(5)
    expect((await refusalOf(wrong(org.owner), household.replace(/7$/, '8::1'))).code).toBe('auth_required')
  })
})
