import { expect, test } from '@playwright/test'
import type postgres from 'postgres'

import { words } from '../../components/words/words.ts'
import { auditOf, superuser } from '../support/database.ts'
import { numbersIn, randomNumber, spellings } from '../support/number-search.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { app } from '../support/running-app.ts'
import { sampleCall } from '../support/sample-call.ts'
import { ask, json } from '../support/send.ts'
import { signInThroughForm } from '../support/session.ts'
import { expectNoSidewaysScroll, phone, watch } from '../support/watched-page.ts'

let sql: postgres.Sql
let organisation: Organisation
test.use({ viewport: phone, hasTouch: true })
test.beforeAll(async () => {
  sql = superuser()
  organisation = await ownOrganisation()
})
test.afterAll(() => sql.end())

test('a call sent by API appears masked on an agent’s open phone, and reading it is written down', async ({ page }) => {
  const caller = randomNumber()
  const { complaints } = await watch(page)
  await signInThroughForm(page, organisation.agent)
  await expect(page).toHaveURL(`${app.origin}/o/${organisation.slug}/calls`)
  await expect(page.getByText(words.calls.empty.title)).toBeVisible()
  await page.evaluate(() => document.body.setAttribute('data-same-document', ''))

  const sentAt = Date.now()
  const first = `Please call me back on ${spellings(caller)[2]}.`
  const second = `That is ${spellings(caller)[5]}`
  const answer = await ask(
    organisation.key,
    'POST',
    '/api/v1/calls',
    sampleCall({
      caller: caller.e164,
      transcript: [
        { role: 'agent', text: 'Good day, how can I help?', at_ms: 0 },
        { role: 'caller', text: first, at_ms: 2_400 },
        { role: 'caller', text: second, at_ms: 6_000 },
      ],
    }),
  )
  expect(answer.status).toBe(201)
  const id = String(json(answer)['id'])

  const masked = `+234 *** *** ${caller.national.slice(-3)}`
  await expect(page.getByText(masked, { exact: true })).toBeVisible({ timeout: 5_000 })
  expect(Date.now() - sentAt).toBeLessThan(5_000)
  await expectNoSidewaysScroll(page)
  const readBefore = await auditOf(sql, organisation.id)
  expect(readBefore.filter(({ action }) => action === 'transcript.read')).toEqual([])

  await page.getByRole('link', { name: masked }).click()
  await expect(page.getByText(words.calls.transcript.removed)).toHaveCount(2)
  await expect(page.getByText('Good day, how can I help?')).toBeVisible()
  await expect(page.locator('body[data-same-document]'), 'no page was loaded anew').toHaveCount(1)
  expect(page.url()).toBe(`${app.origin}/o/${organisation.slug}/calls/${id}`)
  expect(numbersIn(await page.content(), [caller])).toEqual([])
  expect(numbersIn(first, [caller]), 'the search knows the number when it is there').toEqual([caller])
  await expectNoSidewaysScroll(page)

  const reads = (await auditOf(sql, organisation.id)).filter(({ action }) => action === 'transcript.read')
  expect(reads).toMatchObject([{ actor: organisation.agent.personId, target: id, result: 'done' }])
  expect(await complaints()).toEqual([])
})

test('a call that arrives while the page is still opening is not missed', async ({ page }) => {
  const caller = randomNumber()
  let isPosted = false
  await page.route('**/stream?*', async (route) => {
    if (!isPosted) {
      isPosted = true
      await ask(organisation.key, 'POST', '/api/v1/calls', sampleCall({ caller: caller.e164 }))
    }
    await route.continue()
  })
  await signInThroughForm(page, organisation.agent)
  await expect(page.getByText(`+234 *** *** ${caller.national.slice(-3)}`, { exact: true })).toBeVisible({
    timeout: 10_000,
  })
  expect(isPosted).toBe(true)
})
