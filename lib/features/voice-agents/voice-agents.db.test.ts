import { createHmac } from 'node:crypto'

import { afterAll, beforeEach, describe, expect, test } from 'vitest'

import { ingestCall } from '#lib/features/calls/index'
import { addDocument, deleteDocument, listDocuments } from '#lib/features/knowledge/index'
import { addNumber } from '#lib/features/phone-numbers/index'

import type { AgentConfig } from '../../kernel/agent-config.ts'
import { sampleConfig } from '../../testing/agent-config.ts'
import { superuserSql } from '../../testing/database.ts'
import { deliver } from '../../testing/hook-delivery.ts'
import {
  runAs,
  type TestMember,
  testOrganisation,
  type TestOrganisation,
  testProvider,
} from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import { toldCall } from '../../testing/told-call.ts'
import {
  addVoiceAgent,
  discardDraft,
  getVoiceAgent,
  listVoiceAgents,
  publishVersion,
  renameVoiceAgent,
  restoreVersion,
  saveDraft,
} from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
let id: string
beforeEach(async () => {
  org = await testOrganisation()
  ;({ id } = await runAs(addVoiceAgent, org.admin.actor, { name: 'Front desk' }))
})

const config: AgentConfig = { ...sampleConfig, fallback: { text: 'Later.', number: '+2342017001234' } }
const saying = (greeting: string): AgentConfig => ({ ...config, greeting })
const look = (who = org.admin) => runAs(getVoiceAgent, who.actor, { id })
const save = (who = org.admin, based_on = 0, what = config) =>
  runAs(saveDraft, who.actor, { id, based_on, config: what })
const publish = (who = org.admin, note = 'First words') => runAs(publishVersion, who.actor, { id, note })
const published = async (who: typeof org.admin, based_on: number, greeting: string) => {
  await save(who, based_on, saying(greeting))
  return publish(who, greeting)
}
const told = async (agent?: string): Promise<{ agent: string | null; version: number | null }> => {
  const { call } = await runAs(ingestCall, org.keyActor, toldCall(agent === undefined ? {} : { agent }))
  const [row] = await sql<{ agent: string | null; version: number | null }[]>`
    select voice_agent_id as agent, config_version as version from call where id = ${call.id}`
  return row ?? { agent: null, version: null }
}

describe('a draft', () => {
  test('is there from the start, says what the country needs, and is published by its author', async () => {
    const before = await look()
    expect(before).toMatchObject({ name: 'Front desk', versions: [], draft: { based_on: 0 } })
    expect(before.draft?.config).toMatchObject({
      languages: ['en', 'pcm', 'yo', 'ha', 'ig'],
      time_zone: 'Africa/Lagos',
    })
    await save()
    expect(await publish()).toEqual({ id, number: 1 })
    expect(await look()).toMatchObject({ draft: null, versions: [{ number: 1, config, note: 'First words' }] })
  })

  test('is one’s own: others learn only that there is one', async () => {
    await save()
    const seen = await look(org.owner)
    expect(seen).toMatchObject({ draft: null, others_drafting: ['Test admin'], config: { voice: 'standard' } })
    expect(JSON.stringify(seen)).not.toContain(config.greeting)
    expect(await outcomeOf(publish(org.owner))).toBe('conflict')
    expect(await outcomeOf(runAs(discardDraft, org.owner.actor, { id }))).toBe('not_found')
  })

  test('that says what is published is no version; discarded, it is gone', async () => {
    await published(org.admin, 0, 'One')
    await save(org.admin, 1, saying('One'))
    expect(await outcomeOf(publish())).toBe('conflict')
    await runAs(discardDraft, org.admin.actor, { id })
    expect((await look()).draft).toBeNull()
  })

  test('begins from a version there is', async () => {
    expect(await outcomeOf(save(org.admin, 1))).toBe('conflict')
  })

  test.each([
    ['no greeting', { ...config, greeting: ' ' }],
    ['a language nobody speaks', { ...config, languages: ['xx'] }],
    ['hours that end before they begin', { ...config, hours: { mon: { from: '18:00', to: '08:00' } } }],
    ['a time zone of nowhere', { ...config, time_zone: 'Africa/Nowhere' }],
    ['a fallback that is no number', { ...config, fallback: { text: 'Later.', number: '0803' } }],
    ['a field nobody knows', { ...config, prompt: 'Ignore all this' }],
  ])('with %s is refused', async (_, wrong) => {
    expect(await outcomeOf(runAs(saveDraft, org.admin.actor, { id, based_on: 0, config: wrong }))).toBe('invalid_input')
  })
})

describe('of two people who publish', () => {
  test('from the same version, the second is told, keeps the draft, and publishes once it is begun anew', async () => {
    await save(org.admin, 0, saying('Mine'))
    await save(org.owner, 0, saying('Yours'))
    await publish(org.admin)
    expect(await outcomeOf(publish(org.owner))).toBe('conflict')
    expect((await look(org.owner)).draft?.config.greeting).toBe('Yours')
    await save(org.owner, 1, saying('Yours'))
    expect(await publish(org.owner)).toEqual({ id, number: 2 })
  })

  test('at once, one does', async () => {
    await save(org.admin, 0, saying('Mine'))
    await save(org.owner, 0, saying('Yours'))
    const outcomes = await Promise.all([outcomeOf(publish(org.admin)), outcomeOf(publish(org.owner))])
    expect(outcomes.toSorted()).toEqual(['conflict', 'done'])
    expect((await look()).versions.map(({ number }) => number)).toEqual([1])
  })

  test('while somebody goes back, one of them is told', async () => {
    await published(org.admin, 0, 'One')
    await published(org.admin, 1, 'Two')
    await save(org.owner, 2, saying('Three'))
    const back = runAs(restoreVersion, org.admin.actor, { id, number: 1, last: 2 })
    const outcomes = await Promise.all([outcomeOf(back), outcomeOf(publish(org.owner))])
    expect(outcomes.toSorted()).toEqual(['conflict', 'done'])
    expect((await look()).versions.map(({ number }) => number)).toEqual([3, 2, 1])
  })
})

describe('going back', () => {
  test('publishes the old config anew and keeps what came between', async () => {
    await published(org.admin, 0, 'One')
    await published(org.admin, 1, 'Two')
    expect(await runAs(restoreVersion, org.owner.actor, { id, number: 1, last: 2 })).toEqual({ id, number: 3 })
    const { versions } = await look()
    expect(versions.map(({ number, config: { greeting }, restores }) => [number, greeting, restores])).toEqual([
      [3, 'One', 1],
      [2, 'Two', null],
      [1, 'One', null],
    ])
    expect(versions[0]).toMatchObject({ note: 'Back to version 1', published_by: 'Test owner' })
  })

  test('to what is published, or to what never was, is refused', async () => {
    await published(org.admin, 0, 'One')
    expect(await outcomeOf(runAs(restoreVersion, org.admin.actor, { id, number: 1, last: 1 }))).toBe('conflict')
    expect(await outcomeOf(runAs(restoreVersion, org.admin.actor, { id, number: 7, last: 1 }))).toBe('not_found')
  })
})

describe('a call', () => {
  test('keeps the version that was published under its agent’s name when it was first heard of', async () => {
    expect(await told('Front desk'), 'nothing is published').toEqual({ agent: null, version: null })
    await published(org.admin, 0, 'One')
    expect(await told('front DESK')).toEqual({ agent: id, version: 1 })
    await published(org.admin, 1, 'Two')
    expect(await told('Front desk')).toEqual({ agent: id, version: 2 })
    expect(await told('Night line')).toEqual({ agent: null, version: null })
    const versions = await sql`select config_version as v from call where org = ${org.id} order by created_at`
    expect(versions.map(({ v }) => v as unknown)).toEqual([null, 1, 2, null])
  })

  test('whose agent, or whose number, is told by a later event gets the version then, once', async () => {
    await published(org.admin, 0, 'One')
    const settings = {
      mapping: { external_id: 'id', agent: 'agent', number: 'number' },
      signature: { mode: 'hmac' },
      countries: ['NG'],
    }
    const { path, secret } = await testProvider(org.id, { kind: 'generic', settings })
    const tell = async (event: Record<string, string>) => {
      const body = JSON.stringify(event)
      const signature = createHmac('sha256', secret).update(body).digest('hex')
      const headers = { 'content-type': 'application/json', 'x-webhook-signature': signature }
      expect((await deliver(path, body, headers)).status).toBe(200)
      return sql`select voice_agent_id as agent, config_version as version from call where org = ${org.id} order by created_at`
    }
    expect(await tell({ id: 'a' })).toEqual([{ agent: null, version: null }])
    expect(await tell({ id: 'a', agent: 'Front desk' })).toEqual([{ agent: id, version: 1 }])
    await published(org.admin, 1, 'Two')
    expect(await tell({ id: 'a', agent: 'front desk', number: '+2342017001234' })).toEqual([{ agent: id, version: 1 }])
    await runAs(addNumber, org.admin.actor, { number: '+2342017001235', voice_agent: id })
    await tell({ id: 'b' })
    expect((await tell({ id: 'b', number: '+2342017001235' })).at(-1)).toEqual({ agent: id, version: 2 })
  })

  test('does not wear the version of another organisation’s agent of the same name', async () => {
    await published(org.admin, 0, 'One')
    org = await testOrganisation()
    expect(await told('Front desk')).toEqual({ agent: null, version: null })
  })
})

test('a name is one agent’s, however it is written; two at once cannot both have it; a number is no name', async () => {
  expect(await outcomeOf(runAs(addVoiceAgent, org.admin.actor, { name: 'FRONT desk' }))).toBe('conflict')
  const twice = ['Night', 'night'].map((name) => outcomeOf(runAs(addVoiceAgent, org.admin.actor, { name })))
  expect((await Promise.all(twice)).toSorted()).toEqual(['conflict', 'done'])
  expect(await outcomeOf(runAs(renameVoiceAgent, org.admin.actor, { id, name: 'night' }))).toBe('conflict')
  expect(await outcomeOf(runAs(renameVoiceAgent, org.admin.actor, { id, name: '+234 803 555 0142' }))).toBe(
    'invalid_input',
  )
  await runAs(renameVoiceAgent, org.admin.actor, { id, name: 'Reception' })
  const { data } = await runAs(listVoiceAgents, org.admin.actor, {})
  expect(data.map(({ name }) => name.toLowerCase())).toEqual(['night', 'reception'])
})

test('it answers from documents of its own organisation, and each document says who answers from it', async () => {
  const add = async (where: TestOrganisation) =>
    (await runAs(addDocument, where.admin.actor, { title: 'Hours', text: 'We open at eight.' })).id ?? ''
  const document = await add(org)
  const foreign = await add(await testOrganisation())
  const withThese = (knowledge: string[]) => save(org.admin, 0, { ...config, knowledge })
  expect(await outcomeOf(withThese([document, foreign]))).toBe('conflict')
  expect(await outcomeOf(withThese([document, document]))).toBe('invalid_input')
  await withThese([document])
  const usedBy = async () => (await runAs(listDocuments, org.agent.actor, {})).data.map(({ used_by }) => used_by)
  expect(await usedBy(), 'a draft is not asked').toEqual([[]])
  await publish()
  const lobby = await runAs(addVoiceAgent, org.admin.actor, { name: 'Lobby' })
  await runAs(publishVersion, org.admin.actor, { id: lobby.id, note: 'It knows nothing' })
  expect(await usedBy(), 'who answers from none is not among them').toEqual([['Front desk']])
  expect((await look()).documents).toEqual([{ id: document, title: 'Hours' }])
  await save(org.admin, 1, { ...saying('Two'), knowledge: [document] })
  await runAs(deleteDocument, org.admin.actor, { id: document })
  expect(await outcomeOf(publish()), 'deleted meanwhile').toBe('conflict')
})

test('configs and notes lie sealed, and no login may change or take away a version', async () => {
  await published(org.admin, 0, 'A sentence to look for')
  await save(org.admin, 1, saying('Another to look for'))
  const rows = await sql`select v::text as v from voice_agent_version v where org = ${org.id}
    union all select d::text from voice_agent_draft d where org = ${org.id}`
  expect(rows).toHaveLength(2)
  expect(JSON.stringify(rows)).not.toMatch(/look for|bG9vayBmb3I/)
  const [may] = await sql`select bool_or(has_table_privilege(r, 'voice_agent_version', p)) as is
    from unnest(array['orinode_web', 'orinode_worker', 'orinode_operator']) r, unnest(array['update', 'delete', 'truncate']) p`
  expect(may?.['is']).toBe(false)
})

test('every act is an entry that says which version, and what changed', async () => {
  await published(org.admin, 0, 'One')
  await published(org.admin, 1, 'Two')
  await runAs(restoreVersion, org.admin.actor, { id, number: 1, last: 2 })
  const rows = await sql<{ action: string; body: Buffer }[]>`
    select action, body from audit_entry where org = ${org.id} and target = ${id} order by recorded_at, id`
  expect(rows.map(({ action }) => action.replace('voice-agent.', ''))).toEqual([
    'added',
    'draft-saved',
    'published',
    'draft-saved',
    'published',
    'restored',
  ])
  expect(rows[4]?.body.toString()).toContain('"changed":"greeting"')
  expect(rows.map(({ body }) => body.toString()).join(' '), 'the note is a detail, sealed').not.toContain('Two')
})

test('another organisation’s voice agent is not there, and an agent without the toggle is refused', async () => {
  await save()
  const other = await testOrganisation()
  const acts = [
    (who: TestMember) => runAs(getVoiceAgent, who.actor, { id }),
    (who: TestMember) => save(who),
    (who: TestMember) => publish(who),
    (who: TestMember) => runAs(restoreVersion, who.actor, { id, number: 1, last: 1 }),
    (who: TestMember) => runAs(discardDraft, who.actor, { id }),
    (who: TestMember) => runAs(renameVoiceAgent, who.actor, { id, name: 'Mine' }),
  ]
  for (const act of acts) expect(await outcomeOf(act(other.owner))).toBe('not_found')
  for (const act of acts) expect(await outcomeOf(act(org.agent))).toBe('forbidden')
  expect((await runAs(listVoiceAgents, other.owner.actor, {})).data).toEqual([])
})
