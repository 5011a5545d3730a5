import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { listCalls, listFollowUps } from '#lib/features/calls/index'

import type { UseCase } from '../../guard/use-case.ts'
import type { Actor } from '../../kernel/actor.ts'
import { superuserSql } from '../../testing/database.ts'
import { runAs, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import { plant } from '../../testing/plant.ts'
import {
  askFollowUp,
  askFollowUps,
  assignFollowUp,
  changeTag,
  deleteTag,
  deleteView,
  finishFollowUp,
  finishFollowUps,
  saveView,
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

describe('another organisation’s', () => {
  test('call, tag, member and view are as if they were not there', async () => {
    const call = await newCall(org)
    const tag = await newTag(org)
    const theirTag = await newTag(other)
    const theirView = (await runAs(saveView, other.owner.actor, { name: 'V', query: {}, columns: [], is_shared: true }))
      .id
    const acts: [UseCase, Record<string, unknown>][] = [
      [tagCall, { id: theirCall, tag }],
      [tagCall, { id: call, tag: theirTag }],
      [tagCall, { id: theirCall, tag: theirTag }],
      [tagCalls, { ids: [call, theirCall], tag }],
      [tagCalls, { ids: [call], tag: theirTag }],
      [changeTag, { id: theirTag, name: 'Mine', colour: 'sky' }],
      [deleteTag, { id: theirTag }],
      [askFollowUp, { id: theirCall }],
      [askFollowUp, { id: call, to: other.owner.memberId }],
      [askFollowUps, { ids: [call, theirCall] }],
      [askFollowUps, { ids: [call], to: other.agent.memberId }],
      [assignFollowUp, { id: theirCall, to: 'me' }],
      [finishFollowUp, { id: theirCall }],
      [finishFollowUps, { ids: [call, theirCall] }],
      [saveView, { id: theirView, name: 'W', query: {}, columns: [] }],
      [deleteView, { id: theirView }],
    ]
    for (const [useCase, input] of acts)
      expect(await outcomeOf(runAs(useCase, org.owner.actor, input)), `${useCase.name} ${JSON.stringify(input)}`).toBe(
        'not_found',
      )
    await runAs(askFollowUp, org.owner.actor, { id: call })
    expect(await outcomeOf(runAs(assignFollowUp, org.owner.actor, { id: call, to: other.owner.memberId }))).toBe(
      'not_found',
    )
    expect(await workOn(org, call)).toEqual({ tags: [], follow_up: { state: 'open', assigned_to: null } })
    const mine = await runAs(showWork, org.owner.actor, {})
    expect(JSON.stringify(mine)).not.toContain(theirTag)
    expect(JSON.stringify(mine)).not.toContain(theirView)
    expect(JSON.stringify(mine)).not.toContain(other.owner.memberId)
  })
})

describe('a follow-up', () => {
  test('that two take at once is one’s, and the other is told', async () => {
    const call = await newCall(org)
    await runAs(askFollowUp, org.admin.actor, { id: call })
    // Neither manages calls.
    const another = {
      ...org.admin.actor,
      membership: org.admin.actor.membership && { ...org.admin.actor.membership, role: 'agent' as const },
    }
    const answers = await Promise.all(
      [org.agent.actor, another].map((actor) => outcomeOf(runAs(assignFollowUp, actor, { id: call, to: 'me' }))),
    )
    expect(answers.toSorted()).toEqual(['done', 'forbidden'])
    expect(await entriesOf(sql, call, 'call.assigned')).toBe(1)
  })

  test('that two who manage calls take at once is one’s too; to pass it on afterwards is said by name', async () => {
    const call = await newCall(org)
    await runAs(askFollowUp, org.admin.actor, { id: call })
    const take = (who: TestOrganisation['admin']) => outcomeOf(runAs(assignFollowUp, who.actor, { id: call, to: 'me' }))
    expect((await Promise.all([take(org.admin), take(org.owner)])).toSorted()).toEqual(['conflict', 'done'])
    expect(await entriesOf(sql, call, 'call.assigned')).toBe(1)
    const toAgent = await runAs(assignFollowUp, org.owner.actor, { id: call, to: org.agent.memberId })
    expect(toAgent.assigned_to).toBe(org.agent.memberId)
  })

  test('is not given to somebody who may not see calls or is suspended', async () => {
    const call = await newCall(org)
    const lone = await testOrganisation()
    const [mine] = [await newCall(lone)]
    const { memberId } = lone.agent
    await plant(
      sql,
      lone.id,
      memberId,
      (tx) =>
        tx`insert into member_toggle (org, member_id, permission, effect) values (${lone.id}, ${memberId}, 'calls.view', 'deny')`,
    )
    expect(await outcomeOf(runAs(askFollowUp, lone.owner.actor, { id: mine, to: memberId }))).toBe('conflict')
    await plant(
      sql,
      lone.id,
      lone.admin.memberId,
      (tx) => tx`update member set suspended_at = now() where id = ${lone.admin.memberId}`,
    )
    expect(await outcomeOf(runAs(askFollowUps, lone.owner.actor, { ids: [mine], to: lone.admin.memberId }))).toBe(
      'conflict',
    )
    const { members } = await runAs(showWork, lone.owner.actor, {})
    expect(members, 'and is not offered').toEqual([{ id: lone.owner.memberId, name: 'Test owner' }])
    expect(await outcomeOf(runAs(askFollowUp, org.owner.actor, { id: call, to: org.agent.memberId }))).toBe('done')
  })

  test('asked for twice is one; done and asked for again it is open again, with a new reason or none', async () => {
    const call = await newCall(org)
    const ask = (why?: string) =>
      runAs(askFollowUp, org.agent.actor, { id: call, ...(why === undefined ? {} : { why }) })
    expect(
      [await ask('Wants a refund'), await ask('Wants a refund'), await ask()].map(({ ids }) => ids.length),
    ).toEqual([1, 0, 0])
    const queued = async () =>
      (await runAs(listFollowUps, org.agent.actor, { whose: 'free', limit: 50 })).data.find(
        (one) => one.call.id === call,
      )
    expect(await queued()).toMatchObject({ why: 'Wants a refund', asked_by: 'Test agent', assigned_to: null })
    await runAs(finishFollowUp, org.agent.actor, { id: call })
    expect(await queued()).toBeUndefined()
    expect(await outcomeOf(runAs(assignFollowUp, org.agent.actor, { id: call, to: 'me' }))).toBe('conflict')
    await ask()
    expect(await queued()).toMatchObject({ why: null })
    expect(await sql`select 1 from call_follow_up where call_id = ${call}`).toHaveLength(1)
  })

  test('keeps no number in its reason while masking is on, and shows none to who may not see them while it is off', async () => {
    const why = 'Ring 0803 555 0142 before noon'
    const open = await testOrganisation({ masking: false })
    for (const [where, kept] of [
      [org, false],
      [open, true],
    ] as const) {
      const call = await newCall(where)
      await runAs(askFollowUp, where.owner.actor, { id: call, why })
      const read = async (actor: Actor) =>
        (await runAs(listFollowUps, actor, { whose: 'all', limit: 50 })).data.find((one) => one.call.id === call)?.why
      expect((await read(where.owner.actor))?.includes('0803 555 0142')).toBe(kept)
      expect(await read(where.agent.actor)).toBe('Ring [number removed] before noon')
    }
  })
})

describe('the queue', () => {
  test('is one’s own, nobody’s or everybody’s, who waits longest first, page by page', async () => {
    const quiet = await testOrganisation()
    const calls = []
    for (let at = 0; at < 7; at += 1) calls.push(await newCall(quiet))
    for (const [at, id] of calls.entries())
      await runAs(askFollowUp, quiet.owner.actor, {
        id,
        to: ['nobody', quiet.agent.memberId, quiet.owner.memberId][at % 3],
      })
    const pagesOf = async (whose: string, actor: Actor) => {
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page: { data: { call: { id: string } }[]; next_cursor: string | null } = await runAs(
          listFollowUps,
          actor,
          {
            whose,
            limit: 2,
            ...(cursor === null ? {} : { cursor }),
          },
        )
        seen.push(...page.data.map(({ call }) => call.id))
        cursor = page.next_cursor
      } while (cursor !== null)
      return seen
    }
    expect(await pagesOf('mine', quiet.agent.actor)).toEqual([calls[1], calls[4]])
    expect(await pagesOf('free', quiet.agent.actor)).toEqual([calls[0], calls[3], calls[6]])
    expect(await pagesOf('all', quiet.agent.actor)).toEqual(calls)
    await runAs(finishFollowUp, quiet.agent.actor, { id: calls[1] })
    expect(await pagesOf('mine', quiet.agent.actor)).toEqual([calls[4]])
    expect(await pagesOf('all', org.owner.actor)).not.toContain(calls[0])
  })
})

describe('a view', () => {
  test.each([
    [{ status: 'done' }],
    [{ limit: '5' }],
    [{ cursor: 'x' }],
    [{ agent: 'Line 0803 555 0142' }],
    [{ number: '+2348035550142' }],
    [{ number: '+2342017009999' }],
  ])('keeps nothing but a filter of the list, and no number that is not a line of ours: %o', async (query) => {
    expect(await outcomeOf(runAs(saveView, org.agent.actor, { name: 'V', query, columns: [] }))).toBe('invalid_input')
  })

  test('keeps what the list’s address says, is written over by its owner, and works as a filter', async () => {
    const call = await newCall(org)
    const query = { number: '+2342017001234', status: 'completed,failed', assigned: 'me', period: '7d' }
    const { id } = await runAs(saveView, org.agent.actor, {
      name: 'Mine this week',
      query,
      columns: ['tags', 'tags', 'agent'],
    })
    await runAs(saveView, org.agent.actor, { id, name: 'Mine', query, columns: ['agent'] })
    const view = (await runAs(showWork, org.agent.actor, {})).views.find((one) => one.id === id)
    expect(view).toEqual({ id, name: 'Mine', query, columns: ['agent'], is_shared: false, is_own: true })
    expect(await outcomeOf(runAs(listCalls, org.agent.actor, view?.query))).toBe('done')
    expect(await entriesOf(sql, id, 'view.saved')).toBe(2)
    expect(call).toBeTruthy()
  })
})

test('no change of a tag, a follow-up or a view commits without an entry that names it', async () => {
  const [call, tag] = [await newCall(org), await newTag(org)]
  await runAs(tagCall, org.agent.actor, { id: call, tag })
  await runAs(askFollowUp, org.agent.actor, { id: call })
  const { id: view } = await runAs(saveView, org.agent.actor, { name: 'V', query: {}, columns: [] })
  const bare = [
    sql`delete from call_tag where call_id = ${call}`,
    sql`update call_follow_up set state = 'done', done_at = now(), done_by = asked_by where call_id = ${call}`,
    sql`update tag set colour = 'sky' where id = ${tag}`,
    sql`delete from saved_view where id = ${view}`,
    sql`update call set tag_ids = null where id = ${call}`,
  ]
  for (const statement of bare) await expect(statement).rejects.toMatchObject({ code: 'OR001' })
  await expect(
    plant(
      sql,
      org.id,
      call,
      (tx) => tx`update call_follow_up set state = 'done', done_at = now(), done_by = asked_by where call_id = ${call}`,
    ),
  ).resolves.toBeUndefined()
})
