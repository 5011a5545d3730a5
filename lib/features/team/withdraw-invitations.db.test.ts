import { randomBytes } from 'node:crypto'

import { afterAll, describe, expect, test } from 'vitest'

import { superuserSql } from '../../testing/database.ts'
import { runAs, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import { createInvitation, findInvitation, restoreMember, setRole, setToggles, suspendMember } from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

const invited = (org: TestOrganisation, by: 'owner' | 'admin', role: 'admin' | 'agent') =>
  runAs(createInvitation, org[by].actor, { email: `new.${randomBytes(6).toString('hex')}@example.test`, role })
const isOpen = async ({ path }: { path: string }) => (await findInvitation(path.split('/').at(-1) ?? '')) !== null

describe('an invitation lives no longer than its author’s right to give it', () => {
  test('suspending an admin closes the links they made, and says so of each; nobody else’s', async () => {
    const org = await testOrganisation()
    const [theirs, other] = [await invited(org, 'admin', 'agent'), await invited(org, 'owner', 'agent')]
    await runAs(suspendMember, org.owner.actor, { id: org.admin.memberId })
    expect([await isOpen(theirs), await isOpen(other)]).toEqual([false, true])
    const entries = await sql<{ target: string; body: Uint8Array }[]>`
      select target, body from audit_entry where org = ${org.id} and action = 'member.suspended' and result = 'done'`
    expect(entries.map(({ target }) => target).toSorted()).toEqual([org.admin.memberId, theirs.id].toSorted())
    for (const { body } of entries) expect(Buffer.from(body).toString()).toContain('"invitations_withdrawn":1')
    await runAs(restoreMember, org.owner.actor, { id: org.admin.memberId })
    expect(await isOpen(theirs), 'what was withdrawn stays so').toBe(false)
  })

  test('a lower role closes what is beyond it, and a higher one nothing', async () => {
    const org = await testOrganisation()
    const theirs = await invited(org, 'admin', 'agent')
    await runAs(setRole, org.owner.actor, { id: org.admin.memberId, role: 'owner' })
    expect(await isOpen(theirs)).toBe(true)
    await runAs(setRole, org.owner.actor, { id: org.admin.memberId, role: 'agent' })
    expect(await isOpen(theirs)).toBe(false)
  })

  test('an admin who may no longer see numbers invites no other admin, by a link made before either', async () => {
    const org = await testOrganisation()
    const [admin, agent] = [await invited(org, 'admin', 'admin'), await invited(org, 'admin', 'agent')]
    const toggles = [{ permission: 'numbers.view', effect: 'deny' }]
    await runAs(setToggles, org.owner.actor, { id: org.admin.memberId, toggles })
    expect([await isOpen(admin), await isOpen(agent)]).toEqual([false, true])
  })

  test('one that was under way when its author was suspended is refused', async () => {
    const org = await testOrganisation()
    await runAs(suspendMember, org.owner.actor, { id: org.admin.memberId })
    expect(await outcomeOf(invited(org, 'admin', 'agent'))).toBe('forbidden')
  })

  test('one that was under way when its author lost what it would give is refused; a lesser one is not', async () => {
    const org = await testOrganisation()
    const toggles = [{ permission: 'numbers.view', effect: 'deny' }]
    await runAs(setToggles, org.owner.actor, { id: org.admin.memberId, toggles })
    expect(await outcomeOf(invited(org, 'admin', 'admin'))).toBe('forbidden')
    expect(await outcomeOf(invited(org, 'admin', 'agent'))).toBe('done')
  })

  test('made and taken away at once, none is left open', async () => {
    const org = await testOrganisation()
    const [made] = await Promise.allSettled([
      invited(org, 'admin', 'agent'),
      runAs(suspendMember, org.owner.actor, { id: org.admin.memberId }),
    ])
    expect(made.status === 'fulfilled' && (await isOpen(made.value))).toBe(false)
  })
})
