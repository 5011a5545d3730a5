import { randomBytes } from 'node:crypto'

import { expect, test } from '@playwright/test'
import type postgres from 'postgres'

import { sampleConfig } from '../../lib/testing/agent-config.ts'
import { type Acted, act, actionNamed } from '../support/act.ts'
import { actionCases, type Ids, idNames } from '../support/action-cases.ts'
import { auditOf, rowsOf, superuser } from '../support/database.ts'
import { serverActions, shownActions } from '../support/doors.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { putRecording } from '../support/recording.ts'
import { comparable } from '../support/same-answer.ts'
import { postCall } from '../support/sample-call.ts'
import { sessionOf } from '../support/session.ts'

/** What a role holds without toggles, typed here again and not taken from the code that decides it. */
const agentHolds = ['calls.view', 'knowledge.view']
const adminLacks = ['organisation.manage']
const areaNeeds = /^(?:calls|numbers|knowledge|config|billing|test-calls)\./

let sql: postgres.Sql
let theirs: Organisation
let mine: Organisation
let known: Ids
let own: Ids
let unknown: Ids
const cookies = { owner: '', admin: '', agent: '', switchedOff: '', suspended: '', stranger: '' }

test.beforeAll(async () => {
  sql = superuser()
  mine = await ownOrganisation({ masking: false })
  theirs = await ownOrganisation({ masking: false, guests: [mine.agent.email, mine.admin.email] })
  cookies.owner = await sessionOf(theirs.owner)
  cookies.admin = await sessionOf(theirs.admin)
  cookies.agent = await sessionOf(theirs.agent)
  cookies.stranger = await sessionOf(mine.owner)
  cookies.switchedOff = await sessionOf(mine.agent)
  cookies.suspended = await sessionOf(mine.admin)
  known = await idsOf(theirs, cookies.owner)
  own = await idsOf(mine, cookies.stranger)
  unknown = { ...known }
  for (const name of idNames) unknown[name] = likeIt(known[name])
  const areas = ['calls', 'numbers', 'knowledge', 'config', 'billing', 'test-calls']
  const toggles = areas.map((area) => ({ permission: `${area}.view`, effect: 'deny' }))
  await done('setTogglesAction', theirs, cookies.owner, { id: await memberIn(theirs, mine.agent), toggles })
  await done('suspendAction', theirs, cookies.owner, { id: await memberIn(theirs, mine.admin) })
})
test.afterAll(() => sql.end())

/** Makes one of each thing and says what it is called. */
async function idsOf(organisation: Organisation, cookie: string): Promise<Ids> {
  const make = async (name: string, input: object) => (await done(name, organisation, cookie, input))['id']
  const call = await postCall(organisation.key, { transcript: [{ role: 'caller', text: 'Only for us', at_ms: 0 }] })
  expect((await putRecording(organisation.key, call)).status).toBe(201)
  await make('askFollowUpAction', { id: call })
  await make('saveDraftAction', { id: organisation.voiceAgent, based_on: 1, config: sampleConfig })
  const note = (await done('addNoteAction', organisation, cookie, { id: call, text: 'First' }))['note']
  const [row] = await sql<{ name: string }[]>`select name from organisation where id = ${organisation.id}`
  return {
    slug: organisation.slug,
    name: row?.name ?? '',
    call,
    tag: String(await make('createTagAction', { name: 'First', colour: 'ochre' })),
    view: String(await make('saveViewAction', { name: 'First', query: {}, columns: [] })),
    note: typeof note === 'object' && note !== null && 'id' in note ? String(note.id) : '',
    key: organisation.spareKey.id,
    provider: organisation.provider.id,
    unsigned: organisation.africasTalking.id,
    member: organisation.agent.memberId,
    voiceAgent: organisation.voiceAgent,
    document: organisation.document,
    number: String(await make('addNumberAction', { number: '+2342017001234' })),
    invitation: String(await make('inviteAction', { email: 'first@example.test', role: 'agent' })),
  }
}

/** As its owner does it, who may. */
async function done(name: string, page: Organisation, cookie: string, input: object): Promise<Record<string, unknown>> {
  const { told } = await act(actionNamed(name), { cookie, page, org: page.slug, input })
  if (!told.ok) throw new Error(`${name} was refused: ${told.code} ${told.message}`)
  return told.value
}

async function memberIn(organisation: Organisation, { personId }: { personId: string }): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    select id from member where org = ${organisation.id} and person_id = ${personId}`
  return row?.id ?? ''
}

const likeIt = (id: string): string =>
  /^[0-9a-f-]{36}$/.test(id) ? `${id.slice(0, 24)}${randomBytes(6).toString('hex')}` : randomBytes(8).toString('hex')

/** What its owner may ask, asked by whoever holds this cookie. */
const ownerAsks = (name: string, cookie: string | null): Promise<Acted> =>
  act(actionNamed(name), { cookie, page: theirs, org: theirs.slug, input: actionCases[name]?.own(known) })

const codeOf = ({ told }: Acted): string => (told.ok ? 'done' : told.code)

test('every action of the build has its case here, and stands in docs/surface.md', () => {
  const forStrangers = ['acceptInvitationAction', 'signUpAction', 'signInAction']
  const built = serverActions().map(({ name }) => name)
  expect([...Object.keys(actionCases), ...forStrangers].toSorted()).toEqual(built.toSorted())
  const shown = shownActions().map(({ pattern, useCase }) => `${pattern} ${useCase}`)
  const tried = Object.entries(actionCases).map(([name, { useCase }]) => `${actionNamed(name).pattern} ${useCase}`)
  expect(tried.toSorted()).toEqual(shown.toSorted())
})

for (const [name, one] of Object.entries(actionCases)) {
  test(`${name} lets nobody from elsewhere touch what another organisation has`, async () => {
    const before = await rowsOf(sql, theirs.id)
    expect(codeOf(await ownerAsks(name, null))).toBe('auth_required')
    expect(codeOf(await ownerAsks(name, cookies.stranger))).toBe('not_found')
    const nobodys = one.foreign?.(unknown, own) ?? []
    for (const [at, input] of (one.foreign?.(known, own) ?? []).entries()) {
      const asked = (given: object | undefined) =>
        act(actionNamed(name), { cookie: cookies.stranger, page: mine, org: mine.slug, input: given })
      const [ofTheirs, ofNobody] = [await asked(input), await asked(nobodys[at])]
      expect(codeOf(ofTheirs), JSON.stringify(input)).toBe('not_found')
      expect(comparable(ofTheirs.answer, Object.values(known))).toBe(
        comparable(ofNobody.answer, Object.values(unknown)),
      )
    }
    expect(await rowsOf(sql, theirs.id)).toEqual(before)
  })

  test(`${name} is refused to whoever lacks its permission, and changes nothing`, async () => {
    const needs = shownActions().find(({ useCase }) => useCase === one.useCase)?.needs ?? ''
    const lacking = [
      ...(agentHolds.includes(needs) ? [] : [cookies.agent]),
      ...(adminLacks.includes(needs) ? [cookies.admin] : []),
      ...(areaNeeds.test(needs) ? [cookies.switchedOff] : []),
      cookies.suspended,
    ]
    const before = await rowsOf(sql, theirs.id)
    for (const cookie of lacking) expect(codeOf(await ownerAsks(name, cookie))).toBe('forbidden')
    const logged = { audit_entry: '', audit_detail: '' }
    expect({ ...(await rowsOf(sql, theirs.id)), ...logged }).toEqual({ ...before, ...logged })
  })
}

test('a refusal is in the log of the organisation, with who it was and what they asked for', async () => {
  const another = await ownOrganisation()
  const cookie = await sessionOf(another.agent)
  const before = await auditOf(sql, another.id)
  const input = { id: another.owner.memberId, role: 'agent' }
  expect(codeOf(await act(actionNamed('setRoleAction'), { cookie, page: another, org: another.slug, input }))).toBe(
    'forbidden',
  )
  const written = (await auditOf(sql, another.id)).slice(before.length)
  expect(written).toMatchObject([{ action: 'access.refused', result: 'refused', actor: another.agent.personId }])
  expect(written[0]?.body).toContain('members.set-role')
})

test('each of these requests is done when the owner makes it, and what changes something is seen to change it', async () => {
  const onlyLooks = new Set(shownActions().flatMap(({ useCase, onlyLooks: is }) => (is ? [useCase] : [])))
  for (const [name, { useCase }] of Object.entries(actionCases)) {
    const before = await rowsOf(sql, theirs.id)
    const { told } = await ownerAsks(name, cookies.owner)
    expect([name, told.ok ? 'done' : told]).toEqual([name, 'done'])
    const isSame = JSON.stringify(await rowsOf(sql, theirs.id)) === JSON.stringify(before)
    expect([name, isSame]).toEqual([name, onlyLooks.has(useCase)])
  }
})
