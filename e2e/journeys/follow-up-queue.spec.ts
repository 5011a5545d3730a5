import { expect, test } from '@playwright/test'

import { words } from '../../components/words/words.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { app } from '../support/running-app.ts'
import { postCall } from '../support/sample-call.ts'
import { startSession } from '../support/session.ts'
import { expectAccessible, watch } from '../support/watched-page.ts'

const { followUps } = words.work
let organisation: Organisation
test.beforeAll(async () => {
  organisation = await ownOrganisation()
})

test('what is done leaves the queue, the focus goes on to what is left, and an empty queue says so', async ({
  page,
}) => {
  const { complaints } = await watch(page)
  await startSession(page, organisation.agent)
  const screen = (path: string): string => `${app.origin}/o/${organisation.slug}/${path}`
  const calls: string[] = []
  for (const outcome of ['Ring +254712345678', 'Second', 'Third']) {
    const call = await postCall(organisation.key, { status: 'completed', outcome })
    calls.push(call)
    await page.goto(screen(`calls/${call}`))
    await page.getByRole('button', { name: followUps.ask, exact: true }).click()
    await expect(page.getByText(followUps.asking)).toBeVisible()
  }
  await page.goto(screen('follow-ups?whose=free'))
  const card = (at: number) => page.locator(`[data-call="${calls[at]}"]`)
  await expect(card(0).getByText(words.calls.transcript.removed), 'no brackets').toBeVisible()
  const finish = (at: number) => card(at).getByRole('button', { name: followUps.done, exact: true }).press('Enter')

  await finish(1)
  await expect(card(1)).toHaveCount(0)
  await expect(card(2), 'the one after it').toBeFocused()
  await finish(2)
  await expect(card(2)).toHaveCount(0)
  await expect(card(0), 'none is after it').toBeFocused()
  await finish(0)
  await expect(page.getByText(followUps.empty.free)).toBeVisible()
  await expect(page.getByRole('region', { name: followUps.title })).toBeFocused()
  await expectAccessible(page)
  expect(await complaints()).toEqual([])
})
