import { randomBytes } from 'node:crypto'

import { type Browser, expect, type Page, test } from '@playwright/test'

import { words } from '../../components/words/words.ts'
import { app } from '../support/running-app.ts'
import { ask } from '../support/send.ts'
import { expectAccessible, phone as phoneSize, watch } from '../support/watched-page.ts'

const password = 'a good long password'
const somebody = (name: string) => `${name}.${randomBytes(6).toString('hex')}@example.test`

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto(`${app.origin}/sign-in`)
  await page.getByLabel(words.signIn.email).fill(email)
  await page.getByLabel(words.signIn.password, { exact: true }).fill(password)
  await page.getByRole('button', { name: words.signIn.submit, exact: true }).click()
  await page.waitForURL(/\/o\/[a-z0-9]+/)
}

const phone = (browser: Browser) =>
  browser.newContext({ ignoreHTTPSErrors: true, viewport: phoneSize, colorScheme: 'dark' })

test('an owner signs up, sees sample data, makes a key that works, decides about masking and invites an agent', async ({
  browser,
}) => {
  // Seven screens are read by axe on the way.
  test.setTimeout(180_000)
  const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()
  const { complaints } = await watch(page)
  const owner = somebody('owner')
  const organisation = `Clinic ${randomBytes(3).toString('hex')}`

  await page.goto(`${app.origin}/sign-up`)
  await expectAccessible(page)
  await page.getByLabel(words.signUp.organisation).fill(organisation)
  await page.getByLabel(words.signUp.country).selectOption('KE')
  await page.getByLabel(words.signUp.name).fill('Wanjiru Kamau')
  await page.getByLabel(words.signUp.email).fill(owner)
  await page.getByLabel(words.signUp.password, { exact: true }).fill('short')
  await page.getByRole('button', { name: words.signUp.submit }).click()
  await expect(page.getByText('use at least 8 characters')).toBeVisible()
  await page.getByLabel(words.signUp.password, { exact: true }).fill(password)
  await page.getByRole('button', { name: words.signUp.submit }).click()
  await expect(page.getByText(words.signUp.doneTitle)).toBeVisible()

  await signIn(page, owner)
  const home = page.url()
  await expect(page.getByRole('heading', { name: words.overview.start.title })).toBeVisible()
  await page.getByRole('link', { name: words.overview.start.sample }).click()
  await expect(page.getByText(words.overview.start.sampleOn)).toBeVisible()
  await expectAccessible(page)

  await page.goto(`${home}/developers`)
  await page.getByRole('button', { name: words.developers.create }).click()
  await page.getByLabel(words.developers.name, { exact: true }).fill('First script')
  await page.getByRole('button', { name: words.developers.make }).click()
  await expect(page.getByText(words.developers.madeTitle)).toBeVisible()
  const key = /ori_live_[0-9A-Za-z]{49}/.exec(await page.getByRole('dialog').innerText())?.[0] ?? ''
  await page.getByRole('button', { name: words.states.secret.stored }).click()
  await expect(page.getByText(key), 'shown once').toHaveCount(0)
  await expectAccessible(page)
  const sent = await ask(key, 'POST', '/api/v1/calls', {
    external_id: 'my-first-call',
    direction: 'inbound',
    caller: '+254712345678',
    number: '+254202000100',
    agent: 'Front desk',
    status: 'completed',
    started_at: new Date().toISOString(),
  })
  expect(sent.status).toBe(201)
  await page.goto(home)
  await expect(page.getByRole('heading', { name: words.overview.today })).toBeVisible()
  const firstCall = page.getByRole('listitem').filter({ hasText: words.overview.start.call })
  await expect(firstCall, 'done, with what is left beside it').toContainText(words.overview.start.done)

  await page.goto(`${home}/settings`)
  await expectAccessible(page)
  await expect(page.getByText(words.settings.maskingOn)).toBeVisible()
  await page.getByRole('button', { name: words.settings.switchOff }).click()
  const doIt = page.getByRole('dialog').getByRole('button', { name: words.settings.switchOff })
  await expect(doIt).toHaveAttribute('aria-disabled', 'true')
  await page.getByLabel(words.settings.typeName(organisation)).fill(organisation)
  await doIt.click()
  await expect(page.getByText(words.settings.maskingOff)).toBeVisible()

  await page.goto(`${home}/team`)
  await page.getByRole('button', { name: words.team.invite }).click()
  const agent = somebody('agent')
  await page.getByLabel(words.team.email).fill(agent)
  await page.getByRole('button', { name: words.team.makeLink }).click()
  await expect(page.getByText(words.team.linkTitle)).toBeVisible()
  const link = /https:\S+\/invitation\/[\w-]{43}/.exec(await page.getByRole('dialog').innerText())?.[0] ?? ''

  const invited = await (await phone(browser)).newPage()
  await invited.goto(link)
  await expect(invited.getByText(organisation)).toBeVisible()
  await expectAccessible(invited)
  await invited.getByLabel(words.signUp.name).fill('Otieno')
  await invited.getByLabel(words.signUp.password, { exact: true }).fill(password)
  await invited.getByRole('button', { name: words.invitation.accept }).click()
  await expect(invited.getByText(words.signUp.done)).toBeVisible()
  await invited.goto(link)
  await expect(invited.getByText(words.invitation.goneTitle), 'good once').toBeVisible()
  await signIn(invited, agent)
  await expect(invited).toHaveURL(/\/calls$/)
  const slug = /\/o\/([a-z0-9]+)/.exec(home)?.[1] ?? ''
  expect((await invited.goto(`${app.origin}/o/${slug}/team`))?.status(), 'the team is not an agent’s').toBe(403)

  await page.reload()
  await expectAccessible(page)
  await page
    .getByRole('row', { name: /Otieno/ })
    .getByRole('button', { name: words.team.access })
    .click()
  await page.getByLabel(new RegExp(`${words.team.areas.calls} ${words.team.view}`)).selectOption('deny')
  await page.getByRole('dialog').getByRole('button', { name: words.acts.save }).click()
  await expect(page.getByText(words.team.saved)).toBeVisible()
  expect((await invited.goto(`${app.origin}/o/${slug}/calls`))?.status(), 'at the next request').toBe(403)

  await page.goto(`${home}/audit?action=member.toggles-set`)
  await expect(page.getByRole('row', { name: /Wanjiru Kamau/ })).toHaveCount(1)
  await expectAccessible(page)
  await page.goto(`${home}/audit?action=nonsense`)
  await expect(page.getByText(words.audit.bad)).toBeVisible()
  expect(await complaints()).toEqual([])
})
