import { expect, test } from '@playwright/test'

import { words } from '../../components/words/words.ts'
import { sampleAfricasTalkingEnded } from '../../lib/testing/provider-replayer/africastalking-sample.ts'
import { ownOrganisation } from '../support/organisation.ts'
import { deliverAfricasTalking } from '../support/provider-hook.ts'
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

test('an owner checks what nothing signs against a log from the provider, and finds the call that was told otherwise', async ({
  page,
}) => {
  const organisation = await ownOrganisation()
  const { complaints } = await watch(page)
  const call = (name: string, minute: number): Promise<unknown> =>
    deliverAfricasTalking(organisation, {
      ...sampleAfricasTalkingEnded,
      sessionId: name,
      callStartTime: `2026-11-20 09:0${minute}:00`,
    })
  for (const [minute, name] of ['ATVId_first', 'ATVId_last'].entries()) await call(name, minute)
  await startSession(page, organisation.owner)
  await page.setViewportSize(phone)
  await page.goto(`${app.origin}/o/${organisation.slug}/providers`)
  const card = page.getByRole('listitem').filter({ hasText: says.authenticity.unsigned })
  await expect(card.getByText(says.log.notYet)).toBeVisible()
  await card.getByRole('button', { name: says.log.open }).click()
  const dialog = page.locator('dialog[open]')
  const choose = (text: string): Promise<void> =>
    dialog.getByLabel(says.log.file).setInputFiles({ name: 'log.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await choose('colour\nred')
  await dialog.getByRole('button', { name: says.log.check, exact: true }).click()
  await expect(dialog.getByText('must have a heading with a column sessionId')).toBeVisible()
  await choose('Session ID,Duration,Amount\nATVId_first,42,KES 2.385\nATVId_last,42,KES 9.00\n')
  await dialog.getByRole('button', { name: says.log.check, exact: true }).click()
  await expect(dialog.getByRole('status')).toHaveText(`${says.log.countsOnly(1, 1)}.`)
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  await dialog.getByRole('region', { name: says.log.differing }).getByRole('link').click()
  await expect(page.getByText(words.calls.reconciliations.differs)).toBeVisible()
  await page.goto(`${app.origin}/o/${organisation.slug}/providers`)
  await expect(card.getByText(says.log.counts(1, 1, 0))).toBeVisible()
  expect(await complaints()).toEqual([])
})
