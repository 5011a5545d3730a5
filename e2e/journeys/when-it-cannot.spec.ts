import { expect, test } from '@playwright/test'

import { words } from '../../components/words/words.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { app } from '../support/running-app.ts'
import { send } from '../support/send.ts'
import { sessionOf, startSession } from '../support/session.ts'

let organisation: Organisation
test.beforeAll(async () => {
  organisation = await ownOrganisation()
})

test('a filter changed by hand into nonsense is told from an empty list, with the way back', async ({ page }) => {
  await startSession(page, organisation.agent)
  const list = `${app.origin}/o/${organisation.slug}/calls`
  for (const query of ['status=purple', 'from=yesterday', 'cursor=x', 'colour=red']) {
    const answer = await page.goto(`${list}?${query}`)
    expect([query, answer?.status()]).toEqual([query, 200])
    await expect(page.getByText(words.calls.badFilter.title)).toBeVisible()
  }
  await page.getByRole('link', { name: words.calls.empty.clear }).click()
  await expect(page).toHaveURL(list)
  await expect(page.getByText(words.calls.empty.title)).toBeVisible()
})

test('too many looks in a minute are told as that, with the request id and when to go on', async ({ page }) => {
  const cookie = await sessionOf(organisation.owner)
  const look = () => send({ path: '/o', headers: { Cookie: cookie } })
  // The limit of this page: 600 a minute, counted by person.
  for (let round = 0; round < 30; round += 1) await Promise.all(Array.from({ length: 20 }, look))
  await startSession(page, organisation.owner)
  await page.goto(`${app.origin}/o`)
  await expect(page.getByRole('heading', { name: words.states.tooMany.title })).toBeVisible()
  await expect(page.getByText(new RegExp(`^${words.states.requestId} [0-9a-f-]{36}$`))).toBeVisible()
  const again = page.getByRole('button', { name: new RegExp(words.states.tryAgain) })
  await expect(again).toHaveText(/in 0:\d\d$/)
  await expect(again).toHaveAttribute('aria-disabled', 'true')
})
