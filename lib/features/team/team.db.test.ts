import { randomBytes } from 'node:crypto'

import { afterAll, describe, expect, test } from 'vitest'

import { findMembership } from '#lib/features/identity/index'

import { mintSystem } from '../../guard/actors.ts'
import type { PersonActor } from '../../kernel/actor.ts'
import { superuserSql } from '../../testing/database.ts'
import { plant } from '../../testing/plant.ts'
import { runAs, type TestMember, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import {
  acceptInvitation,
  createInvitation,
  findInvitation,
  listMembers,
  restoreMember,
  revokeInvitation,
  setRole,
  setToggles,
  suspendMember,
} from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

const email = () => `new.${randomBytes(6).toString('hex')}@example.test`

/** The member as their next request would mint them. */
async function again(org: TestOrganisation, who: TestMember): Promise<PersonActor> {
  const found = await findMembership(who.actor.id, org.slug)
  return { ...who.actor, organisation: found?.organisation ?? null, membership: found?.membership ?? null }
}
const toggle = (id: string, permission: string, effect: string) => ({ id, toggles: [{ permission, effect }] })

async function accept(path: string, name: string, password = 'a good long password') {
  const found = await findInvitation(path.split('/').at(-1) ?? '')
  if (!found) throw new Error('not open')
  const { id, country, masking, isSuspended } = found.organisation
  const door = mintSystem({
    kind: 'system',
    id: null,
    process: 'invitation',
    organisation: { id, country, masking, isSuspended },
  })
  return runAs(acceptInvitation, door, { id: found.id, email: found.email, name, password })
}

describe('who may change whom', () => {
  const acts = {
    'make an agent an admin': (org: TestOrganisation) => [setRole, { id: org.agent.memberId, role: 'admin' }] as const,
    'make an admin an owner': (org: TestOrganisation) => [setRole, { id: org.admin.memberId, role: 'owner' }] as const,
    'demote the owner': (org: TestOrganisation) => [setRole, { id: org.owner.memberId, role: 'agent' }] as const,
    'give an agent billing to see': (org: TestOrganisation) =>
      [setToggles, toggle(org.agent.memberId, 'billing.view', 'allow')] as const,
    'give an agent billing to manage': (org: TestOrganisation) =>
      [
        setToggles,
        {
          id: org.agent.memberId,
          toggles: [
            { permission: 'billing.view', effect: 'allow' },
            { permission: 'billing.manage', effect: 'allow' },
          ],
        },
      ] as const,
    'suspend the agent': (org: TestOrganisation) => [suspendMember, { id: org.agent.memberId }] as const,
    'suspend the owner': (org: TestOrganisation) => [suspendMember, { id: org.owner.memberId }] as const,
    'invite an owner': () => [createInvitation, { email: email(), role: 'owner' }] as const,
    'invite an agent': () => [createInvitation, { email: email(), role: 'agent' }] as const,
  }
  const expected: Record<keyof typeof acts, [owner: string, admin: string, agent: string]> = {
    'make an agent an admin': ['done', 'done', 'forbidden'],
    'make an admin an owner': ['done', 'forbidden', 'forbidden'],
    'demote the owner': ['forbidden', 'forbidden', 'forbidden'],
    'give an agent billing to see': ['done', 'done', 'forbidden'],
    'give an agent billing to manage': ['done', 'forbidden', 'forbidden'],
    'suspend the agent': ['done', 'done', 'forbidden'],
    'suspend the owner': ['forbidden', 'forbidden', 'forbidden'],
    'invite an owner': ['done', 'forbidden', 'forbidden'],
    'invite an agent': ['done', 'done', 'forbidden'],
  }

  test.each(Object.entries(acts))('%s', async (name, act) => {
    const answers: string[] = []
    for (const role of ['owner', 'admin', 'agent'] as const) {
      const org = await testOrganisation()
      const [useCase, input] = act(org)
      answers.push(await outcomeOf(runAs<typeof setRole>(useCase as typeof setRole, org[role].actor, input)))
    }
    expect(answers).toEqual(expected[name as keyof typeof acts])
  })

  test('nobody changes their own access', async () => {
    const org = await testOrganisation()
    expect(await outcomeOf(runAs(setRole, org.admin.actor, { id: org.admin.memberId, role: 'agent' }))).toBe(
      'forbidden',
    )
    expect(
      await outcomeOf(runAs(setToggles, org.admin.actor, toggle(org.admin.memberId, 'billing.manage', 'allow'))),
    ).toBe('forbidden')
    expect(await outcomeOf(runAs(suspendMember, org.owner.actor, { id: org.owner.memberId }))).toBe('forbidden')
  })

  test('another organisation’s members are not there', async () => {
    const [org, other] = [await testOrganisation(), await testOrganisation()]
    const theirs = { id: other.agent.memberId }
    const tries = [
      outcomeOf(runAs(setRole, org.owner.actor, { ...theirs, role: 'admin' })),
      outcomeOf(runAs(setToggles, org.owner.actor, toggle(theirs.id, 'calls.view', 'deny'))),
      outcomeOf(runAs(suspendMember, org.owner.actor, theirs)),
      outcomeOf(runAs(restoreMember, org.owner.actor, theirs)),
    ]
    expect(await Promise.all(tries)).toEqual(['not_found', 'not_found', 'not_found', 'not_found'])
  })

  test('no setting locks an owner out', async () => {
    const org = await testOrganisation()
    await runAs(setRole, org.owner.actor, { id: org.admin.memberId, role: 'owner' })
    const second = await again(org, org.admin)
    expect(await outcomeOf(runAs(setToggles, second, toggle(org.owner.memberId, 'calls.view', 'deny')))).toBe(
      'conflict',
    )
  })

  test('of two owners who demote each other at once, one stays', async () => {
    const org = await testOrganisation()
    await runAs(setRole, org.owner.actor, { id: org.admin.memberId, role: 'owner' })
    const [first, second] = [org.owner.actor, await again(org, org.admin)]
    const answers = await Promise.all([
      outcomeOf(runAs(setRole, first, { id: org.admin.memberId, role: 'agent' })),
      outcomeOf(runAs(setRole, second, { id: org.owner.memberId, role: 'agent' })),
    ])
    expect(answers.toSorted()).toEqual(['conflict', 'done'])
    const [row] = await sql<
      { owners: number }[]
    >`select count(*)::int as owners from member where org = ${org.id} and role = 'owner'`
    expect(row).toEqual({ owners: 1 })
  })
})

describe('a setting works at the next request', () => {
  test('a member who loses the call log is refused, and let in again when it is inherited', async () => {
    const org = await testOrganisation()
    const { listCalls } = await import('#lib/features/calls/index')
    const tries = async () => outcomeOf(runAs(listCalls, await again(org, org.agent), {}))
    expect(await tries()).toBe('done')
    await runAs(setToggles, org.admin.actor, toggle(org.agent.memberId, 'calls.view', 'deny'))
    expect(await tries()).toBe('forbidden')
    const { data } = await runAs(listMembers, org.admin.actor, {})
    const shown = data
      .find((one) => one.id === org.agent.memberId)
      ?.permissions.find((one) => one.permission === 'calls.view')
    expect(shown).toMatchObject({ own: 'deny', decision: 'deny', layer: 'member' })
    await runAs(setToggles, org.admin.actor, toggle(org.agent.memberId, 'calls.view', 'inherit'))
    expect(await tries()).toBe('done')
  })

  test('a suspended member is out, and back with what they had', async () => {
    const org = await testOrganisation()
    const { listCalls } = await import('#lib/features/calls/index')
    await runAs(suspendMember, org.admin.actor, { id: org.agent.memberId })
    expect(await outcomeOf(runAs(listCalls, await again(org, org.agent), {}))).toBe('forbidden')
    await runAs(restoreMember, org.admin.actor, { id: org.agent.memberId })
    expect(await outcomeOf(runAs(listCalls, await again(org, org.agent), {}))).toBe('done')
  })

  test('what an admin does not hold they cannot restore either', async () => {
    const org = await testOrganisation()
    const both = [
      { permission: 'billing.view', effect: 'allow' },
      { permission: 'billing.manage', effect: 'allow' },
    ]
    await runAs(setToggles, org.owner.actor, { id: org.agent.memberId, toggles: both })
    await runAs(suspendMember, org.owner.actor, { id: org.agent.memberId })
    expect(await outcomeOf(runAs(restoreMember, org.admin.actor, { id: org.agent.memberId }))).toBe('forbidden')
  })
})

describe('an invitation', () => {
  test('makes one member, once, with its role', async () => {
    const org = await testOrganisation()
    const { path } = await runAs(createInvitation, org.admin.actor, { email: email(), role: 'agent' })
    const both = await Promise.all([outcomeOf(accept(path, 'Ngozi')), outcomeOf(accept(path, 'Ngozi'))])
    expect(both.filter((one) => one === 'done')).toHaveLength(1)
    expect(await findInvitation(path.split('/').at(-1) ?? '')).toBeNull()
    const { data, invitations } = await runAs(listMembers, org.admin.actor, {})
    expect(data.filter((one) => one.name === 'Ngozi')).toMatchObject([{ role: 'agent' }])
    expect(invitations).toEqual([])
  })

  test('is renewed by a second one for the same address, and the first link is void', async () => {
    const org = await testOrganisation()
    const to = email()
    const first = await runAs(createInvitation, org.admin.actor, { email: to, role: 'agent' })
    const second = await runAs(createInvitation, org.admin.actor, { email: to.toUpperCase(), role: 'admin' })
    expect(second.id).toBe(first.id)
    expect(await findInvitation(first.path.split('/').at(-1) ?? '')).toBeNull()
    expect(await findInvitation(second.path.split('/').at(-1) ?? '')).toMatchObject({ role: 'admin', email: to })
  })

  test('is void when withdrawn or run out, and nobody else’s can be withdrawn', async () => {
    const [org, other] = [await testOrganisation(), await testOrganisation()]
    const { id, path } = await runAs(createInvitation, org.admin.actor, { email: email(), role: 'agent' })
    expect(await outcomeOf(runAs(revokeInvitation, other.owner.actor, { id }))).toBe('not_found')
    await runAs(revokeInvitation, org.admin.actor, { id })
    expect(await findInvitation(path.split('/').at(-1) ?? '')).toBeNull()
  })

  test('of somebody known wants their own password', async () => {
    const [org, other] = [await testOrganisation(), await testOrganisation()]
    const { path } = await runAs(createInvitation, org.owner.actor, { email: other.agent.email, role: 'agent' })
    expect(await outcomeOf(accept(path, 'Somebody else'))).toBe('auth_required')
    expect(await outcomeOf(accept(path, '', other.agent.password))).toBe('invalid_input')
    const { path: again } = await runAs(createInvitation, org.owner.actor, { email: other.agent.email, role: 'agent' })
    expect(await outcomeOf(accept(again, 'ignored', other.agent.password))).toBe('done')
    const [row] = await sql<{ n: number }[]>`select count(*)::int as n from person where email = ${other.agent.email}`
    expect(row).toEqual({ n: 1 })
  })

  test('keeps the address sealed and the link hashed', async () => {
    const org = await testOrganisation()
    const to = email()
    const { path } = await runAs(createInvitation, org.owner.actor, { email: to, role: 'agent' })
    const [row] = await sql<{ all: string }[]>`select to_jsonb(i)::text as all from invitation i where org = ${org.id}`
    expect(row?.all).not.toContain(to.split('@')[0])
    expect(row?.all).not.toContain(path.split('/').at(-1) ?? 'none')
    expect(row?.all).not.toContain(Buffer.from(to).toString('hex'))
  })

  test('stops where the plan is full', async () => {
    const org = await testOrganisation()
    const answers: string[] = []
    for (let at = 0; at < 3; at++)
      answers.push(await outcomeOf(runAs(createInvitation, org.owner.actor, { email: email(), role: 'agent' })))
    expect(answers).toEqual(['done', 'done', 'plan_limit'])
  })

  test('is one of as many as the plan holds, however many are made at once', async () => {
    const org = await testOrganisation()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        outcomeOf(runAs(createInvitation, org.owner.actor, { email: email(), role: 'agent' })),
      ),
    )
    expect(answers.toSorted()).toEqual([...Array<string>(2).fill('done'), ...Array<string>(8).fill('plan_limit')])
  })

  test('to one address, asked for by two at once, is one', async () => {
    const org = await testOrganisation()
    const wanted = { email: email(), role: 'agent' }
    const [one, other] = await Promise.all([
      runAs(createInvitation, org.owner.actor, wanted),
      runAs(createInvitation, org.admin.actor, wanted),
    ])
    expect(one.id).toBe(other.id)
  })

  test('that ran out needs room again to be renewed', async () => {
    const org = await testOrganisation()
    const wanted = { email: email(), role: 'agent' }
    const { id } = await runAs(createInvitation, org.owner.actor, wanted)
    await plant(sql, org.id, id, (tx) => tx`update invitation set expires_at = now() where id = ${id}`)
    for (let at = 0; at < 2; at++) await runAs(createInvitation, org.owner.actor, { email: email(), role: 'agent' })
    expect(await outcomeOf(runAs(createInvitation, org.owner.actor, wanted))).toBe('plan_limit')
  })
})
