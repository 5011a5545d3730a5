import { expect, test } from '@playwright/test'

import { words } from '../../components/words/words.ts'
import { ownOrganisation } from '../support/organisation.ts'
import { app } from '../support/running-app.ts'
import { send } from '../support/send.ts'
import { startSession } from '../support/session.ts'
import { expectAccessible, expectNoSidewaysScroll, phone, watch } from '../support/watched-page.ts'

const says = words.providers

test('an owner tries a mapping, adds the provider, sees what was refused there and why, and switches it off', async ({
  page,
}) => {
  const organisation = await ownOrganisation()
  const { complaints } = await watch(page)
  await startSession(page, organisation.owner)
  const path = `${app.origin}/o/${organisation.slug}/providers`
  await page.goto(path)
  await page.getByRole('button', { name: says.add }).click()
  const dialog = page.locator('dialog[open]')
  await dialog.getByLabel(says.kind, { exact: true }).selectOption('generic')
  const sample = { call: { id: 'c-1', direction: 'in', from: '+2348035550142', to: '+2342017000100', state: 'asleep' } }
  await dialog.getByLabel(says.tester.sample).fill(JSON.stringify(sample))
  await dialog.getByRole('button', { name: says.tester.tryIt, exact: true }).click()
  const tried = dialog.getByRole('table', { name: says.tester.result })
  await expect(tried.getByRole('row', { name: /^external_id/ })).toContainText(says.tester.outcomes.found)
  await expect(tried.getByRole('row', { name: /^status/ })).toContainText(says.tester.outcomes.strange)
  await expect(tried.getByRole('row', { name: /^started_at/ })).toContainText(says.tester.outcomes.missing)
  expect(await tried.innerText(), 'numbers are shown masked').not.toContain('8035550142')
  await dialog.getByLabel(says.settings).fill('{"mapping"')
  await dialog.getByRole('button', { name: says.make, exact: true }).click()
  await expect(dialog.getByText(says.notJson)).toBeVisible()
  await dialog.getByLabel(says.settings).fill(JSON.stringify({ mapping: { external_id: 'call.id' } }))
  await dialog.getByRole('button', { name: says.make, exact: true }).click()
  await expect(dialog.getByText(says.madeTitle)).toBeVisible()
  const address = /https:\S+\/api\/hooks\/generic\/[\w-]{43}/.exec(await dialog.innerText())?.[0] ?? ''
  await dialog.getByRole('button', { name: words.states.secret.stored }).click()

  const forged = await send({
    method: 'POST',
    path: new URL(address).pathname,
    headers: { 'Content-Type': 'application/json', 'x-webhook-signature': '0'.repeat(64) },
    body: JSON.stringify(sample),
  })
  expect(forged.status).toBe(401)
  const card = page.getByRole('listitem').filter({ hasText: address })
  await expect(async () => {
    await page.goto(path)
    await expect(card.getByText(says.rejections)).toBeVisible({ timeout: 500 })
  }).toPass()
  await card.getByText(says.rejections).click()
  await expect(card.getByText(says.reasons.mismatch)).toBeVisible()
  await expectAccessible(page)
  await card.getByRole('button', { name: says.disable }).click()
  await expect(page.getByText(says.switchedOff)).toBeVisible()
  await page.setViewportSize(phone)
  await expectNoSidewaysScroll(page)
  expect((await send({ method: 'POST', path: new URL(address).pathname, body: '{}' })).status).toBe(404)
  expect(await complaints()).toEqual([])
})
