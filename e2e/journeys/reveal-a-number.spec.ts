import { expect, type Request, test } from '@playwright/test'

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

test('a number that arrives when its dialog is closed is not there for whoever opens the next one', async ({
  page,
}) => {
  const organisation = await ownOrganisation({ masking: false })
  const { e164: caller } = randomNumber()
  const call = await postCall(organisation.key, { caller, status: 'completed' })
  const path = `${app.origin}/o/${organisation.slug}/calls/${call}`
  await startSession(page, organisation.admin)
  await page.goto(path)
  const isAct = (request: Request) => request.method() === 'POST' && request.url() === path
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await page.route(path, async (route) => {
    if (isAct(route.request())) await released
    await route.continue()
  })
  const ask = async (reason: string) => {
    await page.getByLabel(reveal.reason).fill(reason)
    await page.getByRole('button', { name: reveal.submit, exact: true }).click()
  }
  await page.getByRole('button', { name: reveal.open }).click()
  const asked = page.waitForRequest(isAct)
  await ask('She asked to be rung back')
  await asked
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  release()

  await page.getByRole('button', { name: reveal.open }).click()
  await expect(page.getByRole('dialog').locator('[aria-busy=true]')).toHaveCount(0)
  await ask('She asked again')
  await expect(page.getByText(reveal.counted(2)), 'the late one was counted, and not shown').toBeVisible()
  await expect(page.getByText(caller)).toBeVisible()
})
