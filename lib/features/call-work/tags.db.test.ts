import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { superuserSql } from '../../testing/database.ts'
import { runAs, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import {
  askFollowUp,
  askFollowUps,
  changeTag,
  createTag,
  deleteTag,
  finishFollowUps,
  showWork,
  tagCall,
  tagCalls,
} from './index.ts'
import { entriesOf, newCall, newTag, workOn } from './call-work.test-support.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
let other: TestOrganisation
let theirCall: string
beforeAll(async () => {
  ;[org, other] = await Promise.all([testOrganisation(), testOrganisation()])
  theirCall = await newCall(other)
})

describe('tags', () => {
  test('on twice is on once, with one entry; off twice is off once', async () => {
    const [call, tag] = [await newCall(org), await newTag(org)]
    const changes = []
    for (const is_on of [true, true, false, false])
      changes.push((await runAs(tagCall, org.agent.actor, { id: call, tag, is_on })).ids.length)
    expect(changes).toEqual([1, 0, 1, 0])
    expect(await entriesOf(sql, call, 'call.tagged')).toBe(2)
    expect((await workOn(org, call)).tags).toEqual([])
  })

  test('two people who tag one call at once both find their tag on it', async () => {
    const call = await newCall(org)
    const made = await Promise.all(Array.from({ length: 6 }, () => newTag(org)))
    await Promise.all(
      made.map((tag, at) => runAs(tagCall, at % 2 ? org.agent.actor : org.admin.actor, { id: call, tag })),
    )
    expect((await workOn(org, call)).tags.toSorted()).toEqual(made.toSorted())
  })

  test('of one name, however it is written, there is one; a number is no name', async () => {
    await runAs(createTag, org.admin.actor, { name: 'Call back', colour: 'rose' })
    for (const name of ['call back', ' CALL  BACK ', 'Call\u00a0back'])
      expect(await outcomeOf(runAs(createTag, org.admin.actor, { name, colour: 'sky' })), name).toBe('conflict')
    for (const name of ['0803 555 0142', 'Ring oh eight oh three five five five oh one four two'])
      expect(await outcomeOf(runAs(createTag, org.admin.actor, { name, colour: 'sky' })), name).toBe('invalid_input')
    const tag = await newTag(org)
    expect(await outcomeOf(runAs(changeTag, org.admin.actor, { id: tag, name: 'CALL BACK', colour: 'sky' }))).toBe(
      'conflict',
    )
    expect(await outcomeOf(runAs(createTag, other.admin.actor, { name: 'Call back', colour: 'rose' }))).toBe('done')
  })

  test('made and renamed to one word at once are two words', async () => {
    const { id } = await runAs(createTag, org.admin.actor, { name: 'Late', colour: 'sky' })
    for (const word of ['one', 'two', 'three', 'four', 'five', 'six']) {
      const outcomes = await Promise.all([
        outcomeOf(runAs(createTag, org.admin.actor, { name: word, colour: 'rose' })),
        outcomeOf(runAs(changeTag, org.owner.actor, { id, name: word, colour: 'sky' })),
      ])
      expect(outcomes.toSorted(), word).toEqual(['conflict', 'done'])
    }
  })

  test('are renamed everywhere at once; the same again is no change', async () => {
    const tag = await newTag(org)
    await runAs(changeTag, org.admin.actor, { id: tag, name: 'Renamed', colour: 'plum' })
    await runAs(changeTag, org.admin.actor, { id: tag, name: 'Renamed', colour: 'plum' })
    expect(await entriesOf(sql, tag, 'tag.changed')).toBe(1)
    expect((await runAs(showWork, org.agent.actor, {})).tags).toContainEqual({
      id: tag,
      name: 'Renamed',
      colour: 'plum',
    })
  })

  test('that are deleted leave lists, are refused, and keep no name; the name is free', async () => {
    const [call, tag, next] = [await newCall(org), await newTag(org), await newTag(org)]
    await runAs(tagCall, org.agent.actor, { id: call, tag })
    const { name } = (await runAs(showWork, org.agent.actor, {})).tags.find(({ id }) => id === tag) ?? { name: '' }
    expect((await runAs(deleteTag, org.admin.actor, { id: tag })).calls).toBe(1)
    expect((await runAs(showWork, org.agent.actor, {})).tags.map(({ id }) => id)).not.toContain(tag)
    expect(await outcomeOf(runAs(tagCall, org.agent.actor, { id: call, tag }))).toBe('not_found')
    expect(await outcomeOf(runAs(deleteTag, org.admin.actor, { id: tag }))).toBe('not_found')
    const [row] = await sql`select name_sealed, name_hash from tag where id = ${tag}`
    expect(row).toEqual({ name_sealed: null, name_hash: null })
    expect(await outcomeOf(runAs(createTag, org.admin.actor, { name, colour: 'sky' }))).toBe('done')
    // The next tag takes the dead one along.
    await runAs(tagCall, org.agent.actor, { id: call, tag: next })
    expect((await workOn(org, call)).tags).toEqual([next])
  })

  test('are at most twenty on a call', async () => {
    const call = await newCall(org)
    const made = await Promise.all(Array.from({ length: 21 }, () => newTag(org)))
    for (const tag of made.slice(0, 20)) await runAs(tagCall, org.agent.actor, { id: call, tag })
    expect(await outcomeOf(runAs(tagCall, org.agent.actor, { id: call, tag: made[20] }))).toBe('conflict')
    expect((await workOn(org, call)).tags).toHaveLength(20)
  })

  test('names lie sealed', async () => {
    const word = 'Whispered'
    await runAs(createTag, org.admin.actor, { name: word, colour: 'sky' })
    const rows = await sql<
      { bytes: Buffer }[]
    >`select name_sealed as bytes from tag where org = ${org.id} and name_sealed is not null`
    expect(rows.length).toBeGreaterThan(1)
    expect(rows.some(({ bytes }) => bytes.includes(word))).toBe(false)
  })
})

describe('many calls at once', () => {
  test('are tagged in one go with an entry for each that was not; one foreign or missing id stops all of it', async () => {
    const calls = await Promise.all([newCall(org), newCall(org), newCall(org)])
    const tag = await newTag(org)
    await runAs(tagCall, org.agent.actor, { id: calls[0], tag })
    const missing = calls[1]?.replace(/.{6}$/, 'ffffff')
    for (const stranger of [theirCall, missing]) {
      expect(await outcomeOf(runAs(tagCalls, org.admin.actor, { ids: [...calls, stranger], tag }))).toBe('not_found')
      expect((await workOn(org, calls[1] ?? '')).tags).toEqual([])
    }
    expect(await runAs(tagCalls, org.admin.actor, { ids: [...calls, ...calls], tag })).toMatchObject({
      ids: { length: 2 },
    })
    for (const call of calls) {
      expect((await workOn(org, call)).tags).toEqual([tag])
      expect(await entriesOf(sql, call, 'call.tagged')).toBe(1)
    }
  })

  test('are at most a hundred', async () => {
    const call = await newCall(org)
    const ids = Array.from({ length: 101 }, (_, at) => call.replace(/.{6}$/, String(at).padStart(6, '0')))
    const tag = await newTag(org)
    expect(await outcomeOf(runAs(tagCalls, org.admin.actor, { ids, tag }))).toBe('invalid_input')
    expect(await outcomeOf(runAs(tagCalls, org.admin.actor, { ids: [], tag }))).toBe('invalid_input')
  })

  test('are given to one member and finished, each with its entry; two bulk acts at once do not stop each other', async () => {
    const calls = await Promise.all(Array.from({ length: 8 }, () => newCall(org)))
    await runAs(askFollowUp, org.agent.actor, { id: calls[0], to: 'me' })
    const acts = [calls, calls.toReversed()].map((ids) =>
      runAs(askFollowUps, org.admin.actor, { ids, to: org.agent.memberId }),
    )
    const changed = (await Promise.all(acts)).map((one) => one.ids.length)
    expect(changed.toSorted((a, b) => a - b)).toEqual([0, 7])
    for (const call of calls) {
      expect((await workOn(org, call)).follow_up).toEqual({ state: 'open', assigned_to: org.agent.memberId })
      expect(await entriesOf(sql, call, 'call.follow-up-asked')).toBe(1)
    }
    expect(await runAs(finishFollowUps, org.admin.actor, { ids: calls })).toMatchObject({ ids: { length: 8 } })
    expect(await runAs(finishFollowUps, org.admin.actor, { ids: calls })).toMatchObject({ ids: { length: 0 } })
    expect((await workOn(org, calls[0] ?? '')).follow_up).toEqual({ state: 'done', assigned_to: org.agent.memberId })
  })
})
