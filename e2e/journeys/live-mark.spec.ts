import { expect, type Page, test } from '@playwright/test'

import { words } from '../../components/words/words.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { app } from '../support/running-app.ts'
import { postCall } from '../support/sample-call.ts'
import { startSession } from '../support/session.ts'

let organisation: Organisation
let list: string
test.beforeAll(async () => {
  organisation = await ownOrganisation()
  list = `${app.origin}/o/${organisation.slug}/calls`
})

const { live } = words.calls
const saysLive = (page: Page) => expect(page.getByText(live.live, { exact: true })).toBeVisible()
const clock = /\d\d:\d\d/

test('a server that is gone is not called live: it says so, tries again, and comes back', async ({ page }) => {
  await startSession(page, organisation.agent)
  let isGone = false
  await page.route('**/stream?*', (route) => (isGone ? route.abort() : route.continue()))
  await page.goto(list)
  await saysLive(page)
  isGone = true
  await page.context().setOffline(true)
  await expect(page.getByText(new RegExp(`^${live.offline('').trim()} ${clock.source}$`))).toBeVisible()
  await expect(page.getByText(words.states.offline.title)).toBeVisible()
  await page.context().setOffline(false)
  await expect(page.getByText(new RegExp(`^${live.reconnecting('').trim()} ${clock.source}$`))).toBeVisible()
  isGone = false
  await saysLive(page)
})

test('a server that falls silent without hanging up is not called live for long', async ({ page }) => {
  await page.clock.install()
  await startSession(page, organisation.agent)
  let isSilent = false
  await page.route('**/stream?*', (route) => (isSilent ? undefined : route.continue()))
  await page.goto(list)
  await page.clock.runFor(1_000)
  await saysLive(page)
  isSilent = true
  // A page that wakes up after the beats stopped coming: the open connection is taken for dead, the next is never answered.
  await page.clock.fastForward(12_000)
  await expect(page.getByText(new RegExp(`^${live.stale('').trim()} ${clock.source}$`))).toBeVisible()
  await page.clock.fastForward(30_000)
  await expect(page.getByText(live.live, { exact: true })).toHaveCount(0)
})

test('where no script runs nothing claims to connect, and the page says how to look again', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ignoreHTTPSErrors: true })
  const page = await context.newPage()
  await startSession(page, organisation.agent)
  await page.goto(list)
  // Searches for text pass over this element, whether it is shown or not.
  const told = page.locator('[role="status"] > noscript')
  await expect(told).toBeVisible()
  expect(await told.innerText()).toBe(live.reload)
  await expect(page.getByText(live.connecting)).toHaveCount(0)
  await context.close()
})

test('the words about a call that has just begun move with the clock', async ({ page }) => {
  await postCall(organisation.key, { started_at: new Date(Date.now() - 5_000).toISOString() })
  await startSession(page, organisation.agent)
  await page.goto(list)
  const began = page.getByRole('row').getByRole('time').first()
  await expect(began).toHaveText(/^\d+ seconds ago$/)
  const seen = new Set<string>()
  await expect
    .poll(async () => seen.add(await began.innerText()).size, {
      message: 'another second each second',
      intervals: [300],
    })
    .toBeGreaterThan(2)
})
