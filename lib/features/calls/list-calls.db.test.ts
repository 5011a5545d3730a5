import { beforeAll, describe, expect, test } from 'vitest'

import type { Actor } from '../../kernel/actor.ts'
import { runAs, testKey, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { someText } from '../../testing/refused.ts'
import { getCall, ingestCall, listCalls } from './index.ts'

const began = Date.parse('2026-11-24T09:00:00.000Z')
const at = (minutes: number): string => new Date(began + minutes * 60_000).toISOString()
const bodyOf = (name: string, more: Record<string, unknown> = {}) => ({
  external_id: name,
  direction: 'inbound',
  caller: '+2348035550142',
  number: '+2342017001234',
  agent: 'Desk',
  status: 'completed',
  started_at: at(0),
  ...more,
})

const tell = async (actor: Actor, name: string, more: Record<string, unknown> = {}) =>
  (await runAs(ingestCall, actor, bodyOf(name, more))).call

async function idsOf(actor: Actor, input: Record<string, unknown> = {}): Promise<string[]> {
  return (await runAs(listCalls, actor, { limit: 100, ...input })).data.map(({ id }) => id)
}

/** Every page, with something happening between them. */
async function allPages(actor: Actor, limit: number, between: () => Promise<unknown> = () => Promise.resolve()) {
  const pages: string[][] = []
  let cursor: string | null = null
  do {
    const page: { data: { id: string }[]; next_cursor: string | null } = await runAs(listCalls, actor, {
      limit,
      ...(cursor === null ? {} : { cursor }),
    })
    pages.push(page.data.map(({ id }) => id))
    cursor = page.next_cursor
    if (cursor !== null) await between()
  } while (cursor !== null)
  return pages
}

describe('page after page', () => {
  let org: TestOrganisation
  const told: { id: string; started_at: string }[] = []
  beforeAll(async () => {
    org = await testOrganisation()
    // Seven moments for 23 calls, so that most pages end between calls of the same moment.
    for (let call = 0; call < 23; call += 1)
      told.push(await tell(org.keyActor, `c-${call}`, { started_at: at(call % 7) }))
  })

  test.each([1, 2, 5, 7, 22, 23, 100])('of %i each call comes once, newest first', async (limit) => {
    const pages = await allPages(org.agent.actor, limit)
    const newestFirst = told
      .toSorted((a, b) => b.started_at.localeCompare(a.started_at) || b.id.localeCompare(a.id))
      .map(({ id }) => id)
    expect(pages.flat()).toEqual(newestFirst)
    for (const page of pages.slice(0, -1)) expect(page).toHaveLength(limit)
    expect(pages.at(-1)).not.toHaveLength(0)
  })

  test('calls that come in meanwhile move nothing: those that were there come once each', async () => {
    const there = await idsOf(org.agent.actor)
    let come = 0
    const pages = await allPages(org.agent.actor, 4, () => {
      come += 1
      // Newer than all, older than all, and of a moment that is being paged through.
      return Promise.all(
        [9, -9, 3].map((minutes) => tell(org.keyActor, `late-${come}-${minutes}`, { started_at: at(minutes) })),
      )
    })
    const seen = pages.flat()
    expect(come).toBeGreaterThan(4)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.filter((id) => there.includes(id))).toEqual(there)
  })

  test('a cursor made up, cut short, changed or of another organisation is refused by name', async () => {
    const other = await testOrganisation()
    for (const name of ['a', 'b']) await tell(other.keyActor, name)
    const { next_cursor: own } = await runAs(listCalls, org.agent.actor, { limit: 1 })
    const { next_cursor: foreign } = await runAs(listCalls, other.agent.actor, { limit: 1 })
    if (own === null || foreign === null) throw new Error('there are more calls than one')
    const place = Buffer.from(own, 'base64url').toString('latin1').split('.').slice(0, 2).join('.')
    const forged = [
      place,
      `${place}.`,
      `${place}.AAAAAAAAAAAAAAAA`,
      place.replace(/^\d/, '9'),
      '-62167219200001.x',
      `999999999999999.${told[0]?.id ?? ''}`,
    ]
    for (const cursor of [
      '',
      'x',
      '💥',
      own.slice(0, -1),
      `A${own.slice(1)}`,
      foreign,
      ...forged.map((text) => Buffer.from(text).toString('base64url')),
    ]) {
      await expect(runAs(listCalls, org.agent.actor, { cursor }), cursor).rejects.toMatchObject({
        code: 'invalid_input',
        fields: { cursor: someText },
      })
    }
    await expect(runAs(listCalls, org.agent.actor, { limit: 1, cursor: own })).resolves.toMatchObject({
      data: [{ id: someText }],
    })
  })

  test.each([0, 101, -1, 1.5, 'many', ''])('a page of %s is refused', async (limit) => {
    await expect(runAs(listCalls, org.agent.actor, { limit })).rejects.toMatchObject({
      code: 'invalid_input',
      fields: { limit: someText },
    })
  })

  test('a limit may come as text, the way a query string has it', async () => {
    expect((await runAs(listCalls, org.agent.actor, { limit: '3' })).data).toHaveLength(3)
  })
})

describe('a list', () => {
  let org: TestOrganisation
  let first: string
  let missed: string
  let out: string
  let token: string | null
  beforeAll(async () => {
    org = await testOrganisation()
    const one = await tell(org.keyActor, 'first', { started_at: at(0) })
    first = one.id
    token = one.caller.token
    missed = (await tell(org.keyActor, 'missed', { started_at: at(10), status: 'no_answer', caller: '+2348055550122' }))
      .id
    out = (await tell(org.keyActor, 'out', { started_at: at(20), direction: 'outbound' })).id
  })

  test('can be of one status, one direction, one caller, and all of them at once', async () => {
    const { actor } = org.agent
    expect(await idsOf(actor, { status: 'no_answer' })).toEqual([missed])
    expect(await idsOf(actor, { direction: 'outbound' })).toEqual([out])
    expect(await idsOf(actor, { caller: token })).toEqual([out, first])
    expect(await idsOf(actor, { caller: token, direction: 'inbound', status: 'completed' })).toEqual([first])
    expect(await idsOf(actor, { caller: token, status: 'no_answer' })).toEqual([])
  })

  test('can be of a span of time: its beginning is in it, its end is not', async () => {
    const { actor } = org.agent
    expect(await idsOf(actor, { from: at(10) })).toEqual([out, missed])
    expect(await idsOf(actor, { to: at(10) })).toEqual([first])
    expect(await idsOf(actor, { from: at(0), to: at(20) })).toEqual([missed, first])
    expect(await idsOf(actor, { from: '2026-11-24T10:10:00+01:00' })).toEqual([out, missed])
    expect(await idsOf(actor, { from: at(21) })).toEqual([])
  })

  test.each([
    { status: 'done' },
    { direction: 'sideways' },
    { caller: '+2348035550142' },
    { from: 'yesterday' },
    { to: '2026-13-24' },
    { from: '24/11/2026' },
    { environment: 'prod' },
    { org: 'x' },
  ])('is refused for a filter that is none: %o', async (filter) => {
    await expect(runAs(listCalls, org.agent.actor, filter)).rejects.toMatchObject({
      code: 'invalid_input',
      fields: { [Object.keys(filter).join()]: someText },
    })
  })

  test('never holds another organisation’s calls, not even by their caller', async () => {
    const other = await testOrganisation()
    const theirs = await tell(other.keyActor, 'first')
    for (const actor of [org.owner.actor, org.agent.actor, org.keyActor]) {
      expect(await idsOf(actor)).toEqual([out, missed, first])
      expect(await idsOf(actor, { caller: theirs.caller.token })).toEqual([])
      await expect(runAs(getCall, actor, { id: theirs.id })).rejects.toMatchObject({ code: 'not_found' })
    }
    expect(await idsOf(other.owner.actor)).toEqual([theirs.id])
  })
})

describe('test calls and live calls', () => {
  let org: TestOrganisation
  let testing: Actor
  let live: string
  let trial: string
  beforeAll(async () => {
    org = await testOrganisation()
    testing = (await testKey(org.id, { environment: 'test' })).actor
    live = (await tell(org.keyActor, 'same')).id
    trial = (await tell(testing, 'same')).id
  })

  test('are two calls even under one outside name', () => {
    expect(trial).not.toBe(live)
  })

  test('a key sees its own environment’s, whatever it asks for', async () => {
    for (const environment of [undefined, 'live', 'test']) {
      const asked = environment === undefined ? {} : { environment }
      expect(await idsOf(org.keyActor, asked)).toEqual([live])
      expect(await idsOf(testing, asked)).toEqual([trial])
    }
    await expect(runAs(getCall, org.keyActor, { id: trial })).rejects.toMatchObject({ code: 'not_found' })
    await expect(runAs(getCall, testing, { id: live })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a person sees live ones, and test ones when asking for them', async () => {
    expect(await idsOf(org.agent.actor)).toEqual([live])
    expect(await idsOf(org.agent.actor, { environment: 'live' })).toEqual([live])
    expect(await idsOf(org.agent.actor, { environment: 'test' })).toEqual([trial])
    expect((await runAs(getCall, org.agent.actor, { id: trial })).environment).toBe('test')
  })
})
