import { expect, test } from 'vitest'

import { runAs, testOrganisation } from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import { newTag, newWord } from './call-work.test-support.ts'
import { createTag, saveView } from './index.ts'

const answers = (done: number, refused: number) => [
  ...Array<string>(refused).fill('conflict'),
  ...Array<string>(done).fill('done'),
]

test('views are fifty a member, however many are saved at once', async () => {
  const org = await testOrganisation()
  const save = () => runAs(saveView, org.agent.actor, { name: `View ${newWord()}`, query: {}, columns: [] })
  for (let at = 0; at < 48; at++) await save()
  const more = await Promise.all(Array.from({ length: 8 }, () => outcomeOf(save())))
  expect(more.toSorted()).toEqual(answers(2, 6))
})

test('tags are two hundred an organisation, however many are made at once', async () => {
  const org = await testOrganisation()
  const make = () => runAs(createTag, org.owner.actor, { name: `Tag ${newWord()}`, colour: 'leaf' })
  for (let at = 0; at < 99; at++) await Promise.all([make(), newTag(org)])
  const more = await Promise.all(Array.from({ length: 8 }, () => outcomeOf(make())))
  expect(more.toSorted()).toEqual(answers(2, 6))
})
