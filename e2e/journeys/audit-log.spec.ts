import { expect, test } from '@playwright/test'
import type postgres from 'postgres'

import { words } from '../../components/words/words.ts'
import { auditOf, superuser } from '../support/database.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { app } from '../support/running-app.ts'
import { postCall } from '../support/sample-call.ts'
import { startSession } from '../support/session.ts'

const { audit, callPage } = words
let sql: postgres.Sql
let organisation: Organisation
test.beforeAll(async () => {
  sql = superuser()
  organisation = await ownOrganisation()
})
test.afterAll(() => sql.end())

test('a filter that makes no sense says so, looks at nothing, and leaves no entry of a look', async ({ page }) => {
  await startSession(page, organisation.admin)
  const looks = async () =>
    (await auditOf(sql, organisation.id)).filter(({ action }) => action === 'audit.entries-viewed')
  for (const filter of ['from=0000-01-01', 'to=9999-12-31', 'action=nonsense', 'result=done&result=refused']) {
    const answer = await page.goto(`${app.origin}/o/${organisation.slug}/audit?${filter}`)
    expect(answer?.status(), filter).toBe(200)
    await expect(page.getByText(audit.bad)).toBeVisible()
  }
  expect(await looks()).toEqual([])
})

test('the entry of a note leads to its call', async ({ page }) => {
  const call = await postCall(organisation.key)
  await startSession(page, organisation.admin)
  await page.goto(`${app.origin}/o/${organisation.slug}/calls/${call}`)
  await page.getByLabel(callPage.notes.label).fill('Rings again on Friday')
  await page.getByRole('button', { name: callPage.notes.add }).click()
  await expect(page.getByText(callPage.notes.added)).toBeVisible()
  await page.goto(`${app.origin}/o/${organisation.slug}/audit?action=note.added`)
  await page.getByText(audit.more, { exact: true }).click()
  await page.getByRole('link', { name: call }).click()
  await expect(page.getByText('Rings again on Friday')).toBeVisible()
})
