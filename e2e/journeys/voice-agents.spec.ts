import { readFileSync } from 'node:fs'

import { expect, type Page, test } from '@playwright/test'

import { words } from '../../components/words/words.ts'
import { act, actionNamed } from '../support/act.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { app } from '../support/running-app.ts'
import { postCall } from '../support/sample-call.ts'
import { sessionOf, startSession } from '../support/session.ts'
import { expectAccessible, expectNoSidewaysScroll, phone, watch } from '../support/watched-page.ts'

const says = words.agents
const greeting = (page: Page) => page.getByLabel(says.fields['greeting'] ?? '', { exact: true })
const roomOf = ({ slug }: Organisation): string => `${app.origin}/o/${slug}/config`

async function write(page: Page, text: string): Promise<void> {
  await greeting(page).fill(text)
  await page.getByRole('button', { name: says.save }).click()
  await expect(page.getByText(says.saved).last()).toBeVisible()
}

async function publish(page: Page, number: number, note: string): Promise<void> {
  await page.getByLabel(says.note).fill(note)
  await page.getByRole('button', { name: says.publish(number) }).click()
  await expect(page.getByText(says.published(number)).last()).toBeVisible()
}

test('an admin writes what answers, publishes it, sees what another version changes, and goes back', async ({
  page,
}) => {
  const organisation = await ownOrganisation()
  const { complaints } = await watch(page)
  await startSession(page, organisation.admin)
  await page.goto(roomOf(organisation))
  await page.getByRole('button', { name: says.add }).click()
  const dialog = page.locator('dialog[open]')
  await dialog.getByLabel(says.name, { exact: true }).fill('Night line')
  await dialog.getByRole('button', { name: says.make, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Night line')
  await expect(page.getByText(says.firstVersion)).toBeVisible()
  await expectAccessible(page)
  await write(page, 'Good evening, Ada Stores.')
  await publish(page, 1, 'First words')
  await write(page, 'Ẹ káalẹ́, Ada Stores.')
  await expect(page.locator('del')).toContainText('Good evening, Ada Stores.')
  await publish(page, 2, 'In Yoruba')

  await page.getByRole('tab', { name: says.parts.history }).click()
  const versions = page.getByRole('table', { name: says.parts.history })
  await expect(versions.getByRole('row', { name: /In Yoruba/ })).toContainText(says.counts)
  await versions
    .getByRole('row', { name: /First words/ })
    .getByRole('button')
    .click()
  await expect(dialog).toContainText('Good evening, Ada Stores.')
  await dialog.getByRole('button', { name: says.restore }).click()
  await expect(page.getByText(says.published(3)).last()).toBeVisible()
  await page.getByRole('tab', { name: says.parts.draft }).click()
  await expect(greeting(page)).toHaveValue('Good evening, Ada Stores.')
  expect(await complaints()).toEqual([])
})

test('a call says which version it came in under, and a document who answers from it', async ({ page }) => {
  const organisation = await ownOrganisation()
  await startSession(page, organisation.owner)
  const first = await postCall(organisation.key, { agent: 'Front desk' })
  await page.setViewportSize(phone)
  await page.goto(roomOf(organisation))
  await page.getByRole('link', { name: 'Front desk' }).click()
  await page.getByRole('checkbox', { name: 'Hours', exact: true }).check()
  await write(page, 'Good evening, Ada Stores.')
  await expectNoSidewaysScroll(page)
  await publish(page, 2, 'It knows the hours')
  const second = await postCall(organisation.key, { agent: 'Front desk' })
  for (const [at, call] of [first, second].entries()) {
    await page.goto(`${app.origin}/o/${organisation.slug}/calls/${call}`)
    await expect(page.getByText(says.version(at + 1)).first()).toBeVisible()
  }
  await page.goto(`${app.origin}/o/${organisation.slug}/knowledge`)
  await expect(page.getByRole('row', { name: /Hours/ })).toContainText('Front desk')
})

test('of two who write at once the second is told, keeps what they wrote, and publishes after a look', async ({
  page,
  browser,
}) => {
  const organisation = await ownOrganisation()
  const path = `${roomOf(organisation)}/${organisation.voiceAgent}`
  await startSession(page, organisation.owner)
  await page.goto(path)
  await write(page, 'The owner’s words')
  const other = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()
  await startSession(other, organisation.admin)
  await other.goto(path)
  await write(other, 'The admin’s words')
  await publish(other, 2, 'Mine')
  await other.context().close()

  await page.getByLabel(says.note).fill('Mine too')
  await page.getByRole('button', { name: says.publish(2) }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Version 2 was published meanwhile' })).toBeVisible()
  await page.reload()
  await expect(greeting(page)).toHaveValue('The owner’s words')
  await page.getByRole('button', { name: says.beginAnew(2) }).click()
  await expect(page.locator('del')).toContainText('The admin’s words')
  await publish(page, 3, 'Mine too')
})

test('a config goes out as a file and comes back in as a draft; a file that is none changes nothing', async ({
  page,
}) => {
  const organisation = await ownOrganisation()
  await startSession(page, organisation.owner)
  await page.goto(`${roomOf(organisation)}/${organisation.voiceAgent}`)
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: says.exportFile }).click()
  const file = await (await downloading).path()
  const config: unknown = JSON.parse(readFileSync(file, 'utf8'))
  expect(config).toMatchObject({ languages: ['en', 'pcm', 'yo', 'ha', 'ig'] })
  const bring = (text: string) =>
    page
      .getByLabel(says.importFile)
      .setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await bring('{"greeting":')
  await expect(page.getByText(says.notJson)).toBeVisible()
  await bring('{"greeting":"Only this"}')
  await expect(page.getByRole('alert').filter({ hasText: 'need another look' })).toBeVisible()
  await bring(JSON.stringify({ ...Object(config), greeting: 'From a file' }))
  await expect(greeting(page)).toHaveValue('From a file')
  await expect(page.locator('ins')).toContainText('From a file')
})

test('who may only look sees what is published and no way to change it', async ({ page }) => {
  const organisation = await ownOrganisation()
  const path = `${roomOf(organisation)}/${organisation.voiceAgent}`
  await startSession(page, organisation.agent)
  await page.goto(path)
  await expect(page.getByText(words.states.notAllowed.title)).toBeVisible()
  const input = { id: organisation.agent.memberId, toggles: [{ permission: 'config.view', effect: 'allow' }] }
  const asOwner = { cookie: await sessionOf(organisation.owner), page: organisation, org: organisation.slug, input }
  expect((await act(actionNamed('setTogglesAction'), asOwner)).told.ok).toBe(true)
  await page.goto(path)
  await expect(page.getByText(says.readOnly)).toBeVisible()
  await expect(page.getByRole('button', { name: says.save })).toHaveCount(0)
  await page.getByRole('tab', { name: says.parts.history }).click()
  await expect(page.getByRole('row', { name: /First words/ }).getByRole('button')).toHaveCount(0)
})
