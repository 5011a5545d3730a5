import { expect, test } from '@playwright/test'

import { words } from '../../components/words/words.ts'
import { ownOrganisation } from '../support/organisation.ts'
import { app } from '../support/running-app.ts'
import { postCall } from '../support/sample-call.ts'
import { startSession } from '../support/session.ts'
import { expectAccessible, expectNoSidewaysScroll, phone, watch } from '../support/watched-page.ts'

const says = words.numbers

test('an admin brings in numbers, is told which rows were left out, says who answers, and sees how it goes', async ({
  page,
}) => {
  const organisation = await ownOrganisation()
  const { complaints } = await watch(page)
  await startSession(page, organisation.admin)
  const path = `${app.origin}/o/${organisation.slug}/numbers`
  await page.goto(path)
  await expect(page.getByText(says.empty)).toBeVisible()
  await page.getByRole('button', { name: says.importList }).click()
  const dialog = page.locator('dialog[open]')
  const list = 'number,label\n0201 700 1234,Front\nnonsense,\n+254 20 1234567,Nairobi\n02017001234,Again'
  await dialog.getByLabel(says.file).setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
  await dialog.getByRole('button', { name: says.bring, exact: true }).click()
  await expect(dialog.getByText(says.imported(2))).toBeVisible()
  await expect(dialog.getByText(`${says.line(3)}: ${says.problems.not_a_number}`)).toBeVisible()
  await expect(dialog.getByText(`${says.line(5)}: ${says.problems.twice}`)).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: says.done, exact: true }).click()

  const table = page.getByRole('table', { name: says.title })
  const front = table.getByRole('row', { name: /\+234 201 700 1234/ })
  await expect(front).toContainText(says.states.unknown)
  await front.getByRole('button', { name: says.change }).click()
  await dialog.getByLabel(says.agent).selectOption('Front desk')
  await dialog.getByLabel(says.ownHours).check()
  for (const day of Object.values(words.hours.days)) {
    await dialog.getByLabel(day, { exact: true }).check()
    await dialog.getByLabel(words.hours.from(day)).fill('00:00')
    await dialog.getByLabel(words.hours.to(day)).fill('23:59')
  }
  await dialog.getByLabel(says.fallback).fill('not a number')
  await dialog.getByRole('button', { name: words.acts.save }).click()
  await expect(dialog.getByText('must be a phone number')).toBeVisible()
  await dialog.getByLabel(says.fallback).fill('+254 20 1234567')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: words.acts.save }).click()
  await expect(front).toContainText('Front desk')
  await expect(front).toContainText(says.states.open)

  const call = await postCall(organisation.key, { number: '+2342017001234', agent: 'Whoever', status: 'no_answer' })
  await page.reload()
  await expect(front).toContainText(says.rate(0, 1))
  await page.goto(`${app.origin}/o/${organisation.slug}/calls/${call}`)
  await expect(page.getByText(words.agents.version(1)).first(), 'the agent of its number').toBeVisible()

  await page.setViewportSize(phone)
  await page.goto(path)
  await expectNoSidewaysScroll(page)
  await table.getByRole('row', { name: /\+254/ }).getByRole('button', { name: says.delete }).click()
  await dialog.getByRole('button', { name: says.delete }).click()
  await expect(table.getByRole('row', { name: /\+254/ })).toHaveCount(0)
  expect(await complaints()).toEqual([])
})
