import { expect, test } from '@playwright/test'

import { words } from '../../components/words/words.ts'
import { randomNumber } from '../support/number-search.ts'
import { ownOrganisation } from '../support/organisation.ts'
import { app } from '../support/running-app.ts'
import { postCall } from '../support/sample-call.ts'
import { startSession } from '../support/session.ts'
import { expectAccessible, watch } from '../support/watched-page.ts'

const { reveal } = words.callPage

test('a number is revealed to an admin for a reason that stands in the log, and an agent is not even asked', async ({
  page,
  browser,
}) => {
  const organisation = await ownOrganisation({ masking: false })
  const { e164: caller } = randomNumber()
  const call = await postCall(organisation.key, { caller, status: 'completed' })
  const path = `${app.origin}/o/${organisation.slug}/calls/${call}`
  const { complaints } = await watch(page)
  await startSession(page, organisation.admin)
  await page.goto(path)
  await page.getByRole('button', { name: reveal.open }).click()
  await page.getByRole('button', { name: reveal.submit, exact: true }).click()
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible()
  await expect(page.getByText(caller)).toHaveCount(0)
  await page.getByLabel(reveal.reason).fill('She asked to be rung back')
  await page.getByRole('button', { name: reveal.submit, exact: true }).click()
  await expect(page.getByText(caller)).toBeVisible()
  await expect(page.getByText(reveal.counted(1))).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: words.shell.close }).last().click()
  await expect(page.getByText(caller), 'gone with the dialog').toHaveCount(0)

  await page.goto(`${app.origin}/o/${organisation.slug}/audit?action=call.caller-revealed`)
  await page.getByText(words.audit.more, { exact: true }).first().click()
  await expect(page.getByText('She asked to be rung back')).toBeVisible()
  expect(await complaints()).toEqual([])

  const other = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()
  await startSession(other, organisation.agent)
  await other.goto(path)
  await expect(other.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(other.getByRole('button', { name: reveal.open })).toHaveCount(0)
})
