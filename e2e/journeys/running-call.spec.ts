import { expect, test } from '@playwright/test'
import type postgres from 'postgres'

import { words } from '../../components/words/words.ts'
import { auditOf, superuser } from '../support/database.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { app } from '../support/running-app.ts'
import { postCall } from '../support/sample-call.ts'
import { ask } from '../support/send.ts'
import { startSession } from '../support/session.ts'

let sql: postgres.Sql
let organisation: Organisation
test.beforeAll(async () => {
  sql = superuser()
  organisation = await ownOrganisation()
})
test.afterAll(() => sql.end())

test('the page of a running call follows it without a reload, and watching it is one reading', async ({ page }) => {
  const id = await postCall(organisation.key, { transcript: [{ role: 'agent', text: 'Good day.', at_ms: 0 }] })
  const say = async (text: string, at: number) => {
    const body = { type: 'turn', role: 'caller', text, at_ms: at }
    expect((await ask(organisation.key, 'POST', `/api/v1/calls/${id}/events`, body)).status).toBe(201)
  }
  const readings = async () =>
    (await auditOf(sql, organisation.id)).filter(({ action, target }) => action === 'transcript.read' && target === id)

  await startSession(page, organisation.agent)
  await page.goto(`${app.origin}/o/${organisation.slug}/calls/${id}`)
  await expect(page.getByText('Good day.')).toBeVisible()
  await expect(page.getByText(words.calls.live.live, { exact: true })).toBeVisible()
  await page.evaluate(() => document.body.setAttribute('data-same-document', ''))
  for (const [at, text] of ['I would like to come on Friday.', 'At ten, if you can.', 'Thank you.'].entries()) {
    await say(text, 3_000 * (at + 1))
    await expect(page.getByText(text)).toBeVisible({ timeout: 5_000 })
  }
  await expect(page.locator('body[data-same-document]')).toHaveCount(1)
  expect(await readings()).toMatchObject([{ actor: organisation.agent.personId, result: 'done' }])

  await startSession(page, organisation.owner)
  await page.reload()
  await expect(page.getByText('Thank you.')).toBeVisible()
  expect(
    (await readings()).map(({ actor }) => actor),
    'somebody else reads for themselves',
  ).toEqual([organisation.agent.personId, organisation.owner.personId])
})

test('what came of a call and what others do with it appear by themselves, and nothing that is being typed is lost', async ({
  page,
  browser,
}) => {
  const { callPage, work } = words
  const told = { external_id: 'settles', started_at: new Date(Date.now() - 60_000).toISOString() }
  const id = await postCall(organisation.key, told)
  const address = `${app.origin}/o/${organisation.slug}/calls/${id}`
  await startSession(page, organisation.agent)
  await page.goto(address)
  await expect(page.getByText(words.calls.live.live, { exact: true })).toBeVisible()
  await page.evaluate(() => document.body.setAttribute('data-same-document', ''))
  await page.getByLabel(callPage.notes.label).fill('Half a sent')

  const context = await browser.newContext()
  const other = await context.newPage()
  await startSession(other, organisation.owner)
  await other.goto(address)
  await other.getByLabel(callPage.notes.label).fill('Asked for Halima')
  await other.getByRole('button', { name: callPage.notes.add }).click()
  await expect(page.getByText('Asked for Halima')).toBeVisible()
  await other.getByRole('button', { name: work.followUps.ask, exact: true }).click()
  await expect(page.getByRole('button', { name: work.followUps.take })).toBeVisible()
  await context.close()

  const over = { ...told, status: 'completed', ended_at: new Date().toISOString() }
  await postCall(organisation.key, over)
  await expect(page.locator('header').getByText(words.calls.statuses.completed, { exact: true })).toBeVisible()
  await postCall(organisation.key, { ...over, outcome: 'Said by the machine' })
  await expect(page.getByRole('button', { name: 'Said by the machine', pressed: true })).toBeVisible()
  await expect(page.getByLabel(callPage.notes.label)).toHaveValue('Half a sent')
  await expect(page.locator('body[data-same-document]')).toHaveCount(1)
})

test('an outcome that is undone was never said: what the provider tells later counts', async ({ page }) => {
  const { byPerson, outcomeSet, suggestions } = words.callPage.work
  const [resolved] = suggestions
  const told = { external_id: 'undone', started_at: new Date(Date.now() - 60_000).toISOString() }
  const id = await postCall(organisation.key, told)
  await startSession(page, organisation.agent)
  await page.goto(`${app.origin}/o/${organisation.slug}/calls/${id}`)
  await expect(page.getByText(words.calls.live.live, { exact: true })).toBeVisible()
  await page.getByRole('button', { name: resolved, exact: true }).click()
  await expect(page.getByText(outcomeSet(resolved))).toBeVisible()
  await expect(page.getByText(byPerson)).toBeVisible()
  await page.getByRole('button', { name: words.shell.undo }).click()
  await expect(page.getByText(words.acts.undone)).toBeVisible()
  await expect(page.getByText(outcomeSet(resolved)), 'said once').toHaveCount(0)
  await expect(page.getByText(byPerson)).toHaveCount(0)
  await postCall(organisation.key, { ...told, outcome: 'Said by the machine' })
  await expect(page.getByRole('button', { name: 'Said by the machine', pressed: true })).toBeVisible()
})
