import { randomBytes, randomInt } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { checkPassword, findMembership } from '#lib/features/identity/index'

import { newId } from '../kernel/ids.ts'
import { superuserSql } from '../testing/database.ts'
import { testOrganisation, testPlatform } from '../testing/organisation.ts'
import { outcomeOf } from '../testing/outcome.ts'
import { signUp } from './sign-up-door.ts'

const sql = superuserSql()
beforeAll(testPlatform)
afterAll(() => sql.end())

const from = (address: string) => ({ requestId: newId<'request'>(), address, userAgent: 'test' })
const somewhere = () => `127.${randomInt(1, 250)}.${randomInt(1, 250)}.${randomInt(1, 250)}`
const form = (more: object = {}) => ({
  organisation: 'Kigali Dental',
  country: 'RW',
  name: 'Aline Uwase',
  email: `aline.${randomBytes(6).toString('hex')}@example.test`,
  password: 'a good long password',
  ...more,
})

describe('signing up', () => {
  test('makes an organisation with what its country brings, masked, on the smallest plan, and its owner', async () => {
    const wanted = form()
    const { slug } = await signUp(wanted, from(somewhere()))
    const [row] =
      await sql`select name, country, time_zone, currency, languages, plan, masking from organisation where slug = ${slug}`
    expect(row).toEqual({
      name: 'Kigali Dental',
      country: 'RW',
      time_zone: 'Africa/Kigali',
      currency: 'RWF',
      languages: ['en', 'fr', 'sw'],
      plan: 'starter',
      masking: true,
    })
    const known = await checkPassword(wanted, from(somewhere()))
    if (typeof known === 'string') throw new Error('no account')
    const found = await findMembership(known.personId as Parameters<typeof findMembership>[0], slug) // from our own table
    expect(found?.membership.role).toBe('owner')
  })

  test('stops an address at the fourth try of the hour, whatever it says, and no other address', async () => {
    const here = somewhere()
    const answers: string[] = []
    for (let at = 0; at < 4; at++) answers.push(await outcomeOf(signUp(form(), from(here))))
    expect(answers).toEqual(['done', 'done', 'done', 'rate_limited'])
    expect(await outcomeOf(signUp(form(), from(somewhere())))).toBe('done')
  })

  test('wants the password of who is known here already, and then gives them one more organisation', async () => {
    const { agent } = await testOrganisation()
    const wanted = form({ email: agent.email })
    expect(await outcomeOf(signUp(wanted, from(somewhere())))).toBe('auth_required')
    const { slug } = await signUp({ ...wanted, password: agent.password }, from(somewhere()))
    expect((await findMembership(agent.actor.id, slug))?.membership.role).toBe('owner')
  })

  test('twice at once with one e-mail makes one organisation; the other is told, and leaves nothing', async () => {
    const name = `Twice ${randomBytes(5).toString('hex')}`
    const wanted = form({ organisation: name })
    const both = await Promise.all([
      outcomeOf(signUp(wanted, from(somewhere()))),
      outcomeOf(signUp({ ...wanted, password: 'another long password' }, from(somewhere()))),
    ])
    expect(both.toSorted()).toEqual(['conflict', 'done'])
    const rows = await sql<{ owners: number; keys: number }[]>`
      select (select count(*)::int from member m where m.org = o.id and m.role = 'owner') as owners,
        (select count(*)::int from tenant_key k where k.org = o.id) as keys
      from organisation o where o.name = ${name}`
    expect(rows).toEqual([{ owners: 1, keys: 2 }])
  })

  test('is one entry for the organisation and one for its owner', async () => {
    const { slug } = await signUp(form(), from(somewhere()))
    const entries = await sql<{ action: string; what: string }[]>`
      select e.action, case when e.target = o.id then 'organisation' when e.target = m.id then 'owner' end as what
      from organisation o join member m on m.org = o.id join audit_entry e on e.org = o.id
      where o.slug = ${slug} order by what`
    expect(entries).toEqual([
      { action: 'organisation.created', what: 'organisation' },
      { action: 'organisation.created', what: 'owner' },
    ])
  })

  test.each([
    { country: 'XX' },
    { organisation: '  ' },
    { email: 'nobody' },
    { password: 'short' },
    { role: 'operator' },
  ])('refuses %o, making nothing', async (wrong) => {
    const name = `Wrong ${randomBytes(5).toString('hex')}`
    expect(await outcomeOf(signUp(form({ organisation: name, ...wrong }), from(somewhere())))).toBe('invalid_input')
    const [row] = await sql<{ n: number }[]>`select count(*)::int as n from organisation where name = ${name}`
    expect(row).toEqual({ n: 0 })
  })
})
