import { expect, type Page, test } from '@playwright/test'

import { words } from '../../components/words/words.ts'
import { numbersIn, randomNumber } from '../support/number-search.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { app } from '../support/running-app.ts'
import { postCall } from '../support/sample-call.ts'
import { startSession } from '../support/session.ts'
import { expectAccessible, expectNoSidewaysScroll, phone, watch } from '../support/watched-page.ts'

const { bulk, filter, followUps, search, tags } = words.work
const tagName = 'Urgent'
let organisation: Organisation

const screen = (path: string): string => `${app.origin}/o/${organisation.slug}/${path}`
const newCall = (more: Record<string, unknown> = {}) => postCall(organisation.key, { status: 'completed', ...more })

/** Counts what a thumb does: the promise is about taps. */
function thumb(page: Page) {
  let taps = 0
  return {
    tap: async (name: string) => {
      taps += 1
      await page.getByRole('button', { name, exact: true }).first().tap()
    },
    taps: () => taps,
  }
}

test.beforeAll(async ({ browser }) => {
  organisation = await ownOrganisation()
  const context = await browser.newContext()
  const page = await context.newPage()
  await newCall()
  await startSession(page, organisation.owner)
  await page.goto(screen('calls'))
  await page.getByRole('button', { name: tags.title, exact: true }).click()
  await page.locator('dialog[open]').getByLabel(tags.name).fill(tagName)
  await page.getByRole('button', { name: tags.make }).click()
  await expect(page.getByRole('button', { name: tags.edit(tagName) })).toBeVisible()
  await context.close()
})

test.describe('on a phone', () => {
  test.use({ viewport: phone, hasTouch: true })

  test('an agent takes a call from the queue, tags it, notes it and is done with it, each in three taps at most', async ({
    page,
  }) => {
    const call = await newCall({ outcome: 'Wants a call back' })
    const { complaints } = await watch(page)
    await startSession(page, organisation.agent)
    await page.goto(screen(`calls/${call}`))
    await thumb(page).tap(followUps.ask)
    await expect(page.getByText(followUps.asking)).toBeVisible()

    await page.goto(screen('follow-ups?whose=free'))
    await expect(page.getByText('Wants a call back')).toBeVisible()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    const taking = thumb(page)
    await taking.tap(followUps.take)
    await expect(page.getByText(followUps.taken)).toBeVisible()
    expect(taking.taps()).toBeLessThanOrEqual(3)

    const tagging = thumb(page)
    await tagging.tap(tags.add)
    await tagging.tap(tagName)
    await expect(page.getByText(tags.tagged(tagName))).toBeVisible()
    expect(tagging.taps()).toBeLessThanOrEqual(3)

    const noting = thumb(page)
    await noting.tap(followUps.note)
    await page.getByLabel(followUps.noteLabel).fill('Promised to ring before noon')
    await noting.tap(followUps.noteSave)
    await expect(page.getByText(followUps.noted)).toBeVisible()
    expect(noting.taps()).toBeLessThanOrEqual(3)

    await page.goto(screen('follow-ups'))
    const finishing = thumb(page)
    await finishing.tap(followUps.done)
    await expect(page.getByText('Wants a call back')).toHaveCount(0)
    expect(finishing.taps()).toBeLessThanOrEqual(3)

    await page.goto(screen(`calls/${call}`))
    await expect(page.getByText('Promised to ring before noon')).toBeVisible()
    await expect(page.getByText(tagName, { exact: true }).first()).toBeVisible()
    expect(await complaints()).toEqual([])
  })

  test('the filter is a sheet, what it says is in the address, and a chip takes it away', async ({ page }) => {
    await startSession(page, organisation.agent)
    await page.goto(screen('calls'))
    await page.getByRole('button', { name: filter.open }).tap()
    await expect(page.getByRole('group', { name: filter.title })).toBeVisible()
    await page.getByText(words.calls.statuses.busy, { exact: true }).tap()
    await page.getByRole('button', { name: filter.show }).tap()
    await expect(page).toHaveURL(/\?status=busy$/)
    await expect(page.getByText(words.calls.empty.none)).toBeVisible()
    await expect(page.getByRole('button', { name: filter.open }), 'the focus stays where it came from').toBeFocused()
    await page.getByRole('link', { name: filter.remove(words.calls.statuses.busy) }).tap()
    await expect(page).toHaveURL(/\/calls$/)
  })
})

test('a number that is searched for finds its calls, and no address and no answer ever holds its digits', async ({
  page,
}) => {
  const number = randomNumber()
  const call = await newCall({ caller: number.e164 })
  const seen: string[] = []
  page.on('request', (request) => seen.push(request.url()))
  page.on(
    'response',
    (response) =>
      void response.text().then(
        (text) => seen.push(text),
        () => undefined,
      ),
  )
  await startSession(page, organisation.agent)
  await page.goto(screen('calls'))
  await page.keyboard.press('/')
  const field = page.getByLabel(search.label)
  await expect(field).toBeFocused()
  await field.fill(number.e164)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/caller=[A-Za-z0-9_-]{43}$/)
  await expect(page.locator('a[data-row]')).toHaveCount(1)
  await expect(page.locator(`a[data-row="${call}"]`)).toBeVisible()
  await expect(field).toHaveValue('')
  expect(seen.flatMap((text) => numbersIn(text, [number]))).toEqual([])
  await field.fill('12')
  await page.keyboard.press('Enter')
  await expect(page.getByText(search.notANumber)).toBeVisible()
})

test('x chooses rows, and who manages calls tags them together; an agent chooses nothing', async ({
  page,
  browser,
}) => {
  const calls = [await newCall(), await newCall()]
  await startSession(page, organisation.admin)
  await page.goto(screen('calls'))
  await expect(page.getByText(words.calls.live.live, { exact: true })).toBeVisible()
  for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
  await expect(page.getByText(bulk.chosen(2))).toBeVisible()
  const bar = page.getByRole('group', { name: bulk.label })
  await bar.getByRole('button', { name: tags.add, exact: true }).click()
  await page.getByRole('button', { name: tagName, exact: true }).last().click()
  await expect(page.getByText(bulk.tagged(2, tagName))).toBeVisible()
  for (const call of calls)
    await expect(
      page
        .getByRole('row')
        .filter({ has: page.locator(`a[data-row="${call}"]`) })
        .getByText(tagName),
    ).toBeVisible()

  const context = await browser.newContext()
  const other = await context.newPage()
  await startSession(other, organisation.agent)
  await other.goto(screen('calls'))
  await expect(other.getByText(words.calls.live.live, { exact: true })).toBeVisible()
  for (const key of ['j', 'x']) await other.keyboard.press(key)
  await expect(other.getByRole('checkbox', { name: /^Choose the call/ })).toHaveCount(0)
  await expect(other.getByRole('group', { name: bulk.label })).toHaveCount(0)
  await context.close()
})
