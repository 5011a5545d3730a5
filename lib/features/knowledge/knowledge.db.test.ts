import { afterAll, beforeEach, describe, expect, test } from 'vitest'

import { superuserSql } from '../../testing/database.ts'
import { runAs, type TestMember, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import { addDocument, askKnowledge, deleteDocument, getDocument, listDocuments, replaceDocument } from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
beforeEach(async () => {
  org = await testOrganisation()
})

const prices = `# Prices
A consultation costs five thousand naira. Children below five pay half.

# Opening
We open at eight in the morning and close at six in the evening, Monday to Friday.

# Laboratory
A malaria test takes an hour. Ẹ̀kọ́ branch has no laboratory.`
const add = async (text = prices, title = 'The clinic') =>
  (await runAs(addDocument, org.admin.actor, { title, text })).id ?? ''
const asked = async (question: string, who = org.agent) =>
  (await runAs(askKnowledge, who.actor, { question })).found.map(({ text, score }) => [text.split('\n')[0], score])

describe('a question', () => {
  test('finds the chunk that answers it first, with its score and its document', async () => {
    const id = await add()
    const { found } = await runAs(askKnowledge, org.agent.actor, {
      question: 'How much is a consultation for children?',
    })
    expect(found[0]).toMatchObject({ document: { id, title: 'The clinic' } })
    expect(found[0]?.text).toBe('Prices\nA consultation costs five thousand naira. Children below five pay half.')
    expect((await asked('when do you OPEN'))[0]?.[0]).toBe('Opening')
    expect((await asked('malaria'))[0]?.[0]).toBe('Laboratory')
  })

  test('meets words whatever their accents, and finds nothing where no word fits', async () => {
    await add()
    expect((await asked('eko'))[0]?.[0]).toBe('Laboratory')
    expect(await asked('insurance')).toEqual([])
    expect(await asked('?!')).toEqual([])
  })

  test('is scored as the formula says', async () => {
    await add('alpha beta beta gamma', 'One')
    await add('alpha delta', 'Two')
    // N = 2, mean length 3, k1 = 1.2, b = 0.75; beta stands in one chunk of length 4, twice.
    const idf = Math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    const score = (idf * 2 * 2.2) / (2 + 1.2 * (1 - 0.75 + (0.75 * 4) / 3))
    expect(await asked('beta')).toEqual([['alpha beta beta gamma', Math.round(score * 100) / 100]])
    expect(
      (await asked('alpha')).map(([text]) => text),
      'the shorter first',
    ).toEqual(['alpha delta', 'alpha beta beta gamma'])
  })

  test('finds nothing of another organisation’s', async () => {
    await add()
    expect(await asked('consultation', (await testOrganisation()).owner)).toEqual([])
  })
})

describe('a document', () => {
  test('that holds numbers or addresses is stored only when that is meant', async () => {
    const input = { title: 'Staff', text: 'Call 0803 555 0142 or write to ada@example.test.' }
    expect(await runAs(addDocument, org.admin.actor, input)).toEqual({
      id: null,
      chunks: 0,
      held: { numbers: 1, emails: 1 },
    })
    expect((await runAs(listDocuments, org.admin.actor, {})).data).toEqual([])
    const meant = await runAs(addDocument, org.admin.actor, { ...input, personal_data_is_meant: true })
    expect(meant).toMatchObject({ chunks: 1, held: null })
    const replacing = { ...input, id: meant.id ?? '', version: 1, text: 'Call 0803 555 0142.' }
    expect(await runAs(replaceDocument, org.admin.actor, replacing)).toMatchObject({ id: null, held: { numbers: 1 } })
    expect(await asked('write'), 'nothing was replaced').toHaveLength(1)
  })

  test('replaced is found by its new words only; of two at once the second is told', async () => {
    const id = await add()
    const replace = (text: string) =>
      outcomeOf(runAs(replaceDocument, org.owner.actor, { id, version: 1, title: 'The clinic', text }))
    expect((await Promise.all([replace('Only dentistry.'), replace('Only surgery.')])).toSorted()).toEqual([
      'conflict',
      'done',
    ])
    expect(await asked('consultation')).toEqual([])
    expect(await asked('only')).toHaveLength(1)
    expect(await runAs(getDocument, org.agent.actor, { id })).toMatchObject({ version: 2, chunks: 1 })
  })

  test('deleted leaves no row that names it, and no answer', async () => {
    const id = await add()
    const rows = () => sql`select id from knowledge_document where org = ${org.id}
      union all select id from knowledge_chunk where org = ${org.id}`
    expect((await rows()).length).toBe(4)
    expect(await runAs(deleteDocument, org.admin.actor, { id })).toEqual({ id, chunks: 3 })
    expect(await rows()).toHaveLength(0)
    expect(await asked('consultation')).toEqual([])
    expect(await outcomeOf(runAs(deleteDocument, org.admin.actor, { id }))).toBe('not_found')
  })

  test('lies sealed: neither its words nor its title can be read in any column', async () => {
    await add()
    const rows = await sql`select d::text as r from knowledge_document d where org = ${org.id}
      union all select c::text from knowledge_chunk c where org = ${org.id}`
    const hex = (text: string): string => Buffer.from(text).toString('hex')
    expect(JSON.stringify(rows)).not.toMatch(
      new RegExp(`consultation|${hex('consultation')}|${hex('The clinic')}`, 'i'),
    )
  })

  test.each([
    ['without a word', { text: '?!' }],
    ['without a title', { title: ' ' }],
    ['of more than a thousand pieces', { text: '# a\nb\n'.repeat(1_001) }],
  ])('%s is refused', async (_, more) => {
    const outcome = await outcomeOf(runAs(addDocument, org.admin.actor, { title: 'A', text: 'word', ...more }))
    expect(outcome).toBe('invalid_input')
  })
})

test('another organisation’s document is not there, and who may only look changes nothing', async () => {
  const id = await add()
  const other = await testOrganisation()
  const acts = [
    (who: TestMember) => runAs(replaceDocument, who.actor, { id, version: 1, title: 'Mine', text: 'mine' }),
    (who: TestMember) => runAs(deleteDocument, who.actor, { id }),
  ]
  for (const act of acts) {
    expect(await outcomeOf(act(other.owner))).toBe('not_found')
    expect(await outcomeOf(act(org.agent))).toBe('forbidden')
  }
  expect(await outcomeOf(runAs(getDocument, other.owner.actor, { id }))).toBe('not_found')
  expect(await outcomeOf(runAs(addDocument, org.agent.actor, { title: 'A', text: 'b' }))).toBe('forbidden')
})
