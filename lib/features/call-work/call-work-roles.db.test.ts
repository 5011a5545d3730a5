import { beforeAll, beforeEach, describe, expect, test } from 'vitest'

import type { UseCase } from '../../guard/use-case.ts'
import type { Actor } from '../../kernel/actor.ts'
import { runAs, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import {
  askFollowUp,
  askFollowUps,
  assignFollowUp,
  changeTag,
  createTag,
  deleteTag,
  deleteView,
  finishFollowUp,
  finishFollowUps,
  saveView,
  showWork,
  tagCall,
  tagCalls,
} from './index.ts'
import { newCall, newTag, newWord } from './call-work.test-support.ts'

let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation()
})

describe('who may do what', () => {
  let call: string
  let tag: string
  beforeEach(async () => {
    call = await newCall(org)
    tag = await newTag(org)
  })
  const ownersView = async (is_shared: boolean): Promise<string> =>
    (await runAs(saveView, org.owner.actor, { name: 'Owner’s', query: { status: 'failed' }, columns: [], is_shared }))
      .id

  type Act = () => Promise<readonly [UseCase, Record<string, unknown>]> | readonly [UseCase, Record<string, unknown>]
  const heldBy = async (who: 'owner' | 'agent' | null): Promise<void> => {
    await runAs(askFollowUp, org.owner.actor, { id: call, to: who === null ? 'nobody' : org[who].memberId })
  }
  const acts: Record<string, { act: Act; agent: string }> = {
    'tag a call': { act: () => [tagCall, { id: call, tag }], agent: 'done' },
    'take a tag off': { act: () => [tagCall, { id: call, tag, is_on: false }], agent: 'done' },
    'ask for a follow-up of nobody': { act: () => [askFollowUp, { id: call, why: 'Call back' }], agent: 'done' },
    'ask for a follow-up of one’s own': { act: () => [askFollowUp, { id: call, to: 'me' }], agent: 'done' },
    'ask somebody else for a follow-up': {
      act: () => [askFollowUp, { id: call, to: org.owner.memberId }],
      agent: 'forbidden',
    },
    'take one of nobody': {
      act: async () => {
        await heldBy(null)
        return [assignFollowUp, { id: call, to: 'me' }] as const
      },
      agent: 'done',
    },
    'give one’s own back': {
      act: async () => {
        await heldBy('agent')
        return [assignFollowUp, { id: call, to: 'nobody' }] as const
      },
      agent: 'done',
    },
    'pass somebody’s on': {
      act: async () => {
        await heldBy('owner')
        return [assignFollowUp, { id: call, to: org.admin.memberId }] as const
      },
      agent: 'forbidden',
    },
    'ask anew for somebody’s, which would take it away': {
      act: async () => {
        await heldBy('owner')
        return [askFollowUp, { id: call }] as const
      },
      agent: 'forbidden',
    },
    'pass one of nobody on': {
      act: async () => {
        await heldBy(null)
        return [assignFollowUp, { id: call, to: org.owner.memberId }] as const
      },
      agent: 'forbidden',
    },
    'finish one of nobody': {
      act: async () => {
        await heldBy(null)
        return [finishFollowUp, { id: call }] as const
      },
      agent: 'done',
    },
    'finish one’s own': {
      act: async () => {
        await heldBy('agent')
        return [finishFollowUp, { id: call }] as const
      },
      agent: 'done',
    },
    'finish somebody’s': {
      act: async () => {
        await heldBy('owner')
        return [finishFollowUp, { id: call }] as const
      },
      agent: 'forbidden',
    },
    'save a view': {
      act: () => [saveView, { name: 'Busy', query: { status: 'busy' }, columns: ['tags'] }],
      agent: 'done',
    },
    'share a view': {
      act: () => [saveView, { name: 'Busy', query: {}, columns: [], is_shared: true }],
      agent: 'forbidden',
    },
    'delete a shared view': {
      act: async () => [deleteView, { id: await ownersView(true) }] as const,
      agent: 'not_found',
    },
    'make a tag': { act: () => [createTag, { name: `Made ${newWord()}`, colour: 'sky' }], agent: 'forbidden' },
    'rename a tag': {
      act: () => [changeTag, { id: tag, name: `Now ${newWord()}`, colour: 'sky' }],
      agent: 'forbidden',
    },
    'delete a tag': { act: async () => [deleteTag, { id: await newTag(org) }] as const, agent: 'forbidden' },
    'tag many': { act: () => [tagCalls, { ids: [call], tag }], agent: 'forbidden' },
    'follow up many': { act: () => [askFollowUps, { ids: [call] }], agent: 'forbidden' },
    'finish many': { act: () => [finishFollowUps, { ids: [call] }], agent: 'forbidden' },
  }

  test.each(Object.entries(acts))(
    '%s: an agent as the table says, who manages calls always',
    async (_, { act, agent }) => {
      const outcomes: string[] = []
      for (const { actor } of [org.agent, org.admin, org.owner]) {
        const [useCase, input] = await act()
        outcomes.push(await outcomeOf(runAs(useCase, actor, input)))
      }
      expect(outcomes).toEqual([agent, 'done', 'done'])
    },
  )

  test.each(Object.entries(acts))('%s: nobody who may not see calls, and no machine', async (_, { act }) => {
    const [useCase, input] = await act()
    const blind: Actor = {
      ...org.admin.actor,
      membership: org.admin.actor.membership && { ...org.admin.actor.membership, toggles: { 'calls.view': 'deny' } },
    }
    expect(await outcomeOf(runAs(useCase, blind, input))).toBe('forbidden')
    expect(await outcomeOf(runAs(useCase, org.keyActor, input))).toBe('forbidden')
    expect(await outcomeOf(runAs(useCase, { ...org.keyActor, scopes: ['calls.view', 'calls.manage'] }, input))).toBe(
      'forbidden',
    )
  })

  test('somebody else’s own view is neither seen, written over nor deleted, by an admin either', async () => {
    const [sharedView, hiddenView] = [await ownersView(true), await ownersView(false)]
    for (const { actor } of [org.agent, org.admin]) {
      const ids = (await runAs(showWork, actor, {})).views.map(({ id }) => id)
      expect(ids).toContain(sharedView)
      expect(ids).not.toContain(hiddenView)
      expect(await outcomeOf(runAs(deleteView, actor, { id: hiddenView }))).toBe('not_found')
      for (const id of [hiddenView, sharedView])
        expect(await outcomeOf(runAs(saveView, actor, { id, name: 'Taken', query: {}, columns: [] }))).toBe('not_found')
    }
    expect((await runAs(showWork, org.owner.actor, {})).views.find(({ id }) => id === hiddenView)).toMatchObject({
      name: 'Owner’s',
      query: { status: 'failed' },
      is_own: true,
    })
  })
})
