import { randomBytes, randomInt } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { findMembership, signIn } from '#lib/features/identity/index'
import { createInvitation } from '#lib/features/team/index'

import { mintNobody } from '../guard/actors.ts'
import { newId } from '../kernel/ids.ts'
import { superuserSql } from '../testing/database.ts'
import { runAs, testOrganisation, type TestOrganisation } from '../testing/organisation.ts'
import { outcomeOf } from '../testing/outcome.ts'
import { acceptByLink } from './invitation-door.ts'
import { signUp } from './sign-up-door.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation({ plan: 'enterprise' })
})

const somewhere = () => `127.${randomInt(1, 250)}.${randomInt(1, 250)}.${randomInt(1, 250)}`
const from = (address: string) => ({ requestId: newId<'request'>(), address, userAgent: 'test' })
const newEmail = () => `new.${randomBytes(6).toString('hex')}@example.test`
async function linkFor(email: string): Promise<string> {
  const { path } = await runAs(createInvitation, org.owner.actor, { email, role: 'agent' })
  return path.split('/').at(-1) ?? ''
}
const accept = (token: string, password: string, address: string) =>
  outcomeOf(acceptByLink({ token, name: 'Somebody', password }, from(address)))

describe('an invitation’s link', () => {
  test('lets its one person in', async () => {
    const email = newEmail()
    const { slug } = await acceptByLink(
      { token: await linkFor(email), name: 'Ngozi', password: 'a good long password' },
      from(somewhere()),
    )
    expect(slug).toBe(org.slug)
    const [person] = await sql<{ id: string }[]>`select id from person where email = ${email}`
    const found = await findMembership(person?.id as Parameters<typeof findMembership>[0], slug) // from our own table
    expect(found?.membership.role).toBe('agent')
  })

  test('that is none is refused without a look after thirty a minute, and that is written down', async () => {
    const here = from(somewhere())
    const wrong = () => outcomeOf(acceptByLink({ token: randomBytes(32).toString('base64url') }, here))
    const answers: string[] = []
    for (let at = 0; at < 31; at++) answers.push(await wrong())
    expect(answers).toEqual([...Array<string>(30).fill('not_found'), 'rate_limited'])
    const token = await linkFor(newEmail())
    expect(await accept(token, 'a good long password', here.address)).toBe('rate_limited')
    expect(await accept(token, 'a good long password', somewhere())).toBe('done')
    const entries = await sql<{ action: string }[]>`
      select action from audit_entry where request_id = ${here.requestId}`
    expect(entries).toEqual([{ action: 'access.refused' }])
  })
})

describe('guesses at a password', () => {
  const signingIn = (email: string, password: string, address: string) =>
    outcomeOf(runAs(signIn, mintNobody(), { email, password }, { address }))
  const signingUp = (email: string, password: string, address: string) =>
    outcomeOf(signUp({ organisation: 'Kigali Dental', country: 'RW', name: 'Aline', email, password }, from(address)))

  test('are five a window from one address, whichever doors they are made at', async () => {
    const { agent } = await testOrganisation()
    const [here, link] = [somewhere(), await linkFor(agent.email)]
    const answers: string[] = []
    for (let at = 0; at < 6; at++) {
      answers.push(await accept(link, `wrong guess ${at}`, here))
      if (at < 3) answers.push(await signingUp(agent.email, `other guess ${at}`, here))
      answers.push(await signingIn(agent.email, `third guess ${at}`, here))
    }
    expect(answers.filter((one) => one === 'auth_required')).toHaveLength(5)
    expect(answers.filter((one) => one === 'rate_limited')).toHaveLength(10)
    expect(await accept(link, agent.password, here), 'even the right one').toBe('rate_limited')
    expect(await accept(link, agent.password, somewhere())).toBe('done')
  })

  test('do not count where they are right, or where somebody is new', async () => {
    const here = somewhere()
    const { agent } = await testOrganisation()
    for (let at = 0; at < 7; at++) expect(await signingIn(agent.email, agent.password, here)).toBe('done')
    for (let at = 0; at < 7; at++)
      expect(await accept(await linkFor(newEmail()), 'a good long password', here)).toBe('done')
    expect(await signingIn(agent.email, agent.password, here)).toBe('done')
  })
})
