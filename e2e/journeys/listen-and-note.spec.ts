import { expect, type Page, test } from '@playwright/test'
import type postgres from 'postgres'

import { words } from '../../components/words/words.ts'
import { auditOf, superuser } from '../support/database.ts'
import { randomNumber } from '../support/number-search.ts'
import { type Member, type Organisation, ownOrganisation } from '../support/organisation.ts'
import { putRecording } from '../support/recording.ts'
import { app } from '../support/running-app.ts'
import { postCall } from '../support/sample-call.ts'
import { startSession } from '../support/session.ts'
import { expectAccessible, expectNoSidewaysScroll, phone, watch } from '../support/watched-page.ts'

const { callPage } = words
let sql: postgres.Sql
let organisation: Organisation
test.beforeAll(async () => {
  sql = superuser()
  organisation = await ownOrganisation()
})
test.afterAll(() => sql.end())

const turns = [
  { role: 'agent', text: 'Good day, how can I help?', at_ms: 0 },
  { role: 'caller', text: 'I want to move my appointment.', at_ms: 6_000 },
  { role: 'agent', text: 'Thursday at ten is free.', at_ms: 12_000 },
  { role: 'caller', text: 'That is good, thank you.', at_ms: 18_000 },
]
const newCall = (more = {}) =>
  postCall(organisation.key, {
    status: 'completed',
    ended_reason: 'caller_hung_up',
    transcript: turns,
    started_at: new Date(Date.now() - 60_000).toISOString(),
    answered_at: new Date(Date.now() - 58_000).toISOString(),
    ended_at: new Date(Date.now() - 28_000).toISOString(),
    ...more,
  })
async function openCall(page: Page, member: Member, call: string): Promise<void> {
  await startSession(page, member)
  await page.goto(`${app.origin}/o/${organisation.slug}/calls/${call}`)
}
const entries = async (call: string, action: string) =>
  (await auditOf(sql, organisation.id)).filter((one) => one.target === call && one.action === action)
const sound = (page: Page) =>
  page.evaluate(() => {
    const audio = document.querySelector('audio')
    return { at: audio?.currentTime ?? -1, isPaused: audio?.paused, rate: audio?.playbackRate }
  })
const isPlayingAt = (page: Page, from: number, to: number) =>
  expect
    .poll(async () => {
      const { at, isPaused } = await sound(page)
      return isPaused === false && at >= from && at <= to
    })
    .toBe(true)

test.describe('on a phone', () => {
  test.use({ viewport: phone, hasTouch: true })

  test('an agent listens, says what came of it and leaves a note, each by a tap', async ({ page }) => {
    const call = await newCall()
    expect((await putRecording(organisation.key, call)).status).toBe(201)
    const asked: string[] = []
    page.on('response', (response) => {
      if (response.url().endsWith('/recording'))
        asked.push(`${response.status()} ${response.request().headers()['range']}`)
    })
    const { complaints } = await watch(page)
    await openCall(page, organisation.agent, call)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The caller hung up after 30 s.')

    await expect(page.getByText('0:00 of 0:30')).toBeVisible()
    await expect(page.getByText('480 kB')).toBeVisible()
    await expect(page.getByText(callPage.player.mayHoldNumbers)).toBeVisible()
    expect(asked, 'nothing is loaded before somebody wants to hear it').toEqual([])
    expect(await entries(call, 'recording.played')).toEqual([])
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)

    await page.getByRole('button', { name: callPage.player.play, exact: true }).tap()
    await isPlayingAt(page, 0.1, 5)
    expect(asked[0]).toBe('206 bytes=0-')
    expect(await entries(call, 'recording.played')).toMatchObject([{ actor: organisation.agent.personId }])
    await page.getByRole('button', { name: '1.5×' }).tap()
    expect((await sound(page)).rate).toBe(1.5)

    await page.getByRole('button', { name: callPage.work.suggestions[1] }).tap()
    await expect(page.getByText(callPage.work.outcomeSet(callPage.work.suggestions[1]))).toBeVisible()
    await page.getByLabel(callPage.notes.label).fill('Wants a reminder the day before')
    await page.getByRole('button', { name: callPage.notes.add }).tap()
    await expect(page.getByRole('listitem', { name: callPage.notes.of(callPage.notes.you) })).toContainText('reminder')

    await page.reload()
    await expect(page.getByRole('button', { name: callPage.work.suggestions[1], pressed: true })).toBeVisible()
    await expect(page.getByText('Wants a reminder the day before')).toBeVisible()
    expect(await entries(call, 'recording.played'), 'once, however many parts were asked for').toHaveLength(1)
    expect(await entries(call, 'transcript.read'), 'one reading, whatever was done meanwhile').toHaveLength(1)
    await expectNoSidewaysScroll(page)
    expect(await complaints()).toEqual([])
  })
})

test('the transcript follows the sound, and a press on a turn goes there', async ({ page }) => {
  const call = await newCall()
  await putRecording(organisation.key, call)
  const { complaints } = await watch(page)
  await openCall(page, organisation.agent, call)
  await page.getByText('Thursday at ten is free.').click()
  await isPlayingAt(page, 11.9, 17)
  await expect(page.locator('li[aria-current="true"]')).toContainText('Thursday at ten is free.')
  await page.getByRole('slider', { name: callPage.player.place }).fill('18500')
  await expect(page.locator('li[aria-current="true"]')).toContainText('That is good, thank you.')
  expect(await complaints()).toEqual([])
})

test('keys play, move and step through calls; Tab reaches all of it', async ({ page }) => {
  // Where no other call of this file lies between the two.
  const long = (minutes: number) => ({ started_at: new Date(Date.now() - 86_400_000 + minutes * 60_000).toISOString() })
  const [older, call] = [await newCall(long(0)), await newCall(long(1))]
  await putRecording(organisation.key, call)
  await openCall(page, organisation.agent, call)
  await page.keyboard.press('Space')
  await isPlayingAt(page, 0.05, 5)
  await page.keyboard.press('Space')
  await expect.poll(async () => (await sound(page)).isPaused).toBe(true)
  const before = (await sound(page)).at
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await sound(page)).at).toBeGreaterThan(before + 4.5)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => (await sound(page)).at).toBeLessThan(before + 1)

  await page.getByLabel(callPage.notes.label).focus()
  await page.keyboard.type('j k')
  await expect(page.getByLabel(callPage.notes.label)).toHaveValue('j k')
  expect(page.url()).toContain(call)
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('j')
  await expect(page).toHaveURL(new RegExp(older))
  await expect(page.getByText(callPage.player.noneText)).toBeVisible()
  await page.keyboard.press('k')
  await expect(page).toHaveURL(new RegExp(call))
})

test('a number written in a note is gone before it is stored, and shown as gone', async ({ page }) => {
  const number = randomNumber()
  const call = await newCall()
  await openCall(page, organisation.admin, call)
  await page.getByLabel(callPage.notes.label).fill(`Ring 0${number.national} after four`)
  await page.getByRole('button', { name: callPage.notes.add }).click()
  const note = page.getByRole('listitem', { name: callPage.notes.of(callPage.notes.you) })
  await expect(note).toContainText(words.calls.transcript.removed)
  await expect(note).not.toContainText(number.tail)
})

test('an admin sees who opened the call and may delete its recording; an agent sees a number of people', async ({
  page,
  browser,
}) => {
  const call = await newCall()
  await putRecording(organisation.key, call)
  const agents = await browser.newPage({ ignoreHTTPSErrors: true })
  await openCall(agents, organisation.agent, call)
  await agents.close()
  await openCall(page, organisation.admin, call)
  const opened = page.getByRole('region', { name: callPage.openings.title })
  await expect(opened.getByRole('listitem')).toHaveText([/Test agent read the transcript/])

  await page.getByRole('button', { name: callPage.player.delete }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: callPage.player.delete }).click()
  await expect(page.getByText(callPage.player.deleted).first()).toBeVisible()
  await expect(page.locator('audio')).toHaveCount(0)
  expect(await sql`select id from recording where call_id = ${call}`).toEqual([])

  const again = await browser.newPage({ ignoreHTTPSErrors: true })
  await openCall(again, organisation.agent, call)
  await expect(again.getByText(callPage.openings.people(2))).toBeVisible()
  await expect(again.getByText(callPage.player.noneText)).toBeVisible()
  await expect(again.getByRole('button', { name: callPage.player.delete })).toHaveCount(0)
  await again.close()
})
