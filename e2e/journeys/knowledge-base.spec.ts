import { expect, test } from '@playwright/test'

import { words } from '../../components/words/words.ts'
import { rowsOf, superuser } from '../support/database.ts'
import { ownOrganisation } from '../support/organisation.ts'
import { app } from '../support/running-app.ts'
import { startSession } from '../support/session.ts'
import { expectAccessible, expectNoSidewaysScroll, phone, watch } from '../support/watched-page.ts'

const says = words.knowledge

test('an admin adds a text, is warned of numbers in it, asks, sees the right piece, and deletes it for good', async ({
  page,
}) => {
  const organisation = await ownOrganisation()
  const sql = superuser()
  const before = await rowsOf(sql, organisation.id)
  const { complaints } = await watch(page)
  await startSession(page, organisation.admin)
  const path = `${app.origin}/o/${organisation.slug}/knowledge`
  await page.goto(path)
  await page.getByRole('button', { name: says.add }).click()
  const dialog = page.locator('dialog[open]')
  await dialog.getByLabel(says.name, { exact: true }).fill('Prices')
  const markdown =
    '# Consultation\nA consultation costs five thousand naira.\n\n# Emergencies\nCall 0803 555 0142 at night.\n'
  await dialog
    .getByLabel(says.file)
    .setInputFiles({ name: 'a.md', mimeType: 'text/markdown', buffer: Buffer.from([0, 1]) })
  await expect(dialog.getByText(says.notText)).toBeVisible()
  await dialog
    .getByLabel(says.file)
    .setInputFiles({ name: 'a.md', mimeType: 'text/markdown', buffer: Buffer.from(markdown) })
  await expect(dialog.getByLabel(says.text, { exact: true })).toHaveValue(markdown)
  await dialog.getByRole('button', { name: says.make, exact: true }).click()
  await expect(dialog.getByText(says.heldText(1, 0))).toBeVisible()
  await expectAccessible(page)
  await dialog.getByLabel(says.isMeant).check()
  await dialog.getByRole('button', { name: says.make, exact: true }).click()
  await expect(page.getByText(says.added(2))).toBeVisible()

  await page.getByLabel(says.question).fill('How much is a consultation?')
  await page.getByRole('button', { name: says.find, exact: true }).click()
  const found = page.getByRole('list', { name: says.found }).getByRole('listitem')
  await expect(found.first()).toContainText('five thousand naira')
  await expect(found.first()).toContainText('Score')
  await expectAccessible(page)

  await page.setViewportSize(phone)
  await expectNoSidewaysScroll(page)
  await page.getByRole('table').getByRole('link', { name: 'Prices' }).click()
  await expect(page.getByText('Call 0803 555 0142 at night.')).toBeVisible()
  await expectNoSidewaysScroll(page)
  await page.getByRole('button', { name: says.delete }).click()
  await dialog.getByRole('button', { name: says.delete }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(says.title)
  await page.getByLabel(says.question).fill('consultation')
  await page.getByRole('button', { name: says.find, exact: true }).click()
  await expect(page.getByText(says.nothing)).toBeVisible()
  const after = await rowsOf(sql, organisation.id)
  const tables = ['knowledge_document', 'knowledge_chunk'] as const
  expect(tables.map((name) => after[name])).toEqual(tables.map((name) => before[name]))
  expect(await complaints()).toEqual([])
  await sql.end()
})

test('who may only look asks and reads, and finds no way to change anything', async ({ page }) => {
  const organisation = await ownOrganisation()
  await startSession(page, organisation.agent)
  await page.goto(`${app.origin}/o/${organisation.slug}/knowledge`)
  await expect(page.getByRole('button', { name: says.add })).toHaveCount(0)
  await page.getByLabel(says.question).fill('when do you OPEN')
  await page.getByRole('button', { name: says.find, exact: true }).click()
  await expect(page.getByText('We open at eight.')).toBeVisible()
  await page.getByRole('table').getByRole('link', { name: 'Hours' }).click()
  await expect(page.getByText('We open at eight.')).toBeVisible()
  await expect(page.getByRole('button', { name: says.replace })).toHaveCount(0)
})
