import { type Browser, expect, type Page, test } from '@playwright/test'
import type postgres from 'postgres'

import { words } from '../../components/words/words.ts'
import { superuser } from '../support/database.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { app } from '../support/running-app.ts'
import { freshAddress, json, send } from '../support/send.ts'
import { postSignIn, sessionOf, signInThroughForm, startSession } from '../support/session.ts'

let sql: postgres.Sql
let organisation: Organisation
let second: Organisation
test.beforeAll(async () => {
  sql = superuser()
  organisation = await ownOrganisation()
  second = await ownOrganisation({ guests: [organisation.agent.email] })
})
test.afterAll(() => sql.end())

const inBrowser = async (
  browser: Browser,
  javaScriptEnabled: boolean,
  walk: (page: Page) => Promise<void>,
): Promise<void> => {
  const context = await browser.newContext({ javaScriptEnabled, ignoreHTTPSErrors: true })
  await walk(await context.newPage())
  await context.close()
}

for (const [way, javaScriptEnabled] of [
  ['with JavaScript', true],
  ['without JavaScript', false],
] as const) {
  test(`${way} a wrong password is told apart from nothing, and the right one signs in`, async ({ browser }) => {
    await inBrowser(browser, javaScriptEnabled, async (page) => {
      await page.goto(`${app.origin}/o/${organisation.slug}/calls`)
      await expect(page, 'a stranger is shown the door').toHaveURL(/\/sign-in/)
      await page.getByLabel(words.signIn.email).fill(organisation.admin.email)
      await page.getByLabel(words.signIn.password, { exact: true }).fill('not the password')
      await page.getByRole('button', { name: words.signIn.submit, exact: true }).click()
      await expect(page.getByText(words.signIn.refused)).toBeVisible()
      expect(await page.context().cookies()).toEqual([])
      // The same form: where one was going has outlived the refusal.
      await page.getByLabel(words.signIn.email).fill(organisation.admin.email)
      await page.getByLabel(words.signIn.password, { exact: true }).fill(organisation.admin.password)
      await page.getByRole('button', { name: words.signIn.submit, exact: true }).click()
      await expect(page).toHaveURL(`${app.origin}/o/${organisation.slug}/calls`)
      const [cookie] = await page.context().cookies()
      expect(cookie).toMatchObject({
        name: '__Host-orinode.session',
        httpOnly: true,
        secure: true,
        sameSite: 'Lax',
        path: '/',
      })
    })
  })

  test(`${way} signing out ends the session itself: a saved cookie is worth nothing`, async ({ browser }) => {
    await inBrowser(browser, javaScriptEnabled, async (page) => {
      const saved = await startSession(page, organisation.owner)
      const doors = [
        `/o/${organisation.slug}/calls`,
        `/api/app/o/${organisation.slug}/calls`,
        `/api/app/o/${organisation.slug}/stream`,
      ]
      const before = await send({ path: doors[1] ?? '', headers: { Cookie: saved } })
      expect(before.status).toBe(200)
      await page.goto(`${app.origin}/o/${organisation.slug}/calls`)
      await page.getByRole('button', { name: words.shell.yourMenu }).click()
      await page.getByRole('button', { name: words.shell.signOut }).click()
      await expect(page).toHaveURL(`${app.origin}/sign-in`)
      const [list, api, stream] = await Promise.all(doors.map((path) => send({ path, headers: { Cookie: saved } })))
      expect([api?.status, stream?.status]).toEqual([401, 401])
      expect([307, 303, 302]).toContain(list?.status)
      expect(list?.headers['location']).toContain('/sign-in')
    })
  })
}

test('an unknown account and a wrong password get the same answer', async () => {
  const from = freshAddress()
  const [known, unknown] = [
    await postSignIn(
      { email: organisation.agent.email, password: 'wrong' },
      { from, headers: { Accept: 'application/json' } },
    ),
    await postSignIn(
      { email: 'nobody@example.test', password: 'wrong' },
      { from, headers: { Accept: 'application/json' } },
    ),
  ]
  expect(known.status).toBe(401)
  expect({ ...json(known), request_id: '' }).toEqual({ ...json(unknown), request_id: '' })
  expect(unknown.status).toBe(401)
})

test('the sixth wrong try from one address is turned away whatever it says about itself; others are not', async () => {
  const from = freshAddress()
  const wrong = { email: organisation.agent.email, password: 'wrong' }
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const answer = await postSignIn(wrong, {
      from,
      headers: { 'X-Forwarded-For': `203.0.113.${attempt}`, 'X-Real-IP': `203.0.113.${attempt}` },
    })
    expect([attempt, answer.status, answer.headers['location']]).toEqual([attempt, 303, '/sign-in?refused=1'])
  }
  const forged = {
    'X-Forwarded-For': '198.51.100.7',
    Forwarded: 'for=198.51.100.7',
    'X-Real-IP': '198.51.100.7',
    'X-Orinode-Address': '198.51.100.7',
  }
  const [form, api, honest] = [
    await postSignIn(wrong, { from, headers: forged }),
    await postSignIn(wrong, { from, headers: { ...forged, Accept: 'application/json' } }),
    await postSignIn(organisation.agent, { from }),
  ]
  for (const answer of [form, api, honest]) {
    expect(answer.status).toBe(429)
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(900)
    expect(answer.cookies).toEqual([])
  }
  expect(json(api)).toMatchObject({ code: 'rate_limited' })
  expect((await postSignIn(organisation.agent, { from: freshAddress() })).status, 'somebody else’s address').toBe(303)
})

test('honest people behind one address do not lock each other out', async () => {
  const from = freshAddress()
  for (let person = 1; person <= 8; person += 1) {
    const answer = await postSignIn(organisation.agent, { from })
    expect([person, answer.status, answer.cookies.length]).toEqual([person, 303, 1])
  }
})

test('a person in two organisations chooses one, and moves to the other', async ({ page }) => {
  const rows = await sql`select slug, name from organisation where slug in (${organisation.slug}, ${second.slug})`
  const nameOf = ({ slug }: Organisation): string => String(rows.find((row) => row['slug'] === slug)?.['name'])
  await signInThroughForm(page, organisation.agent)
  await expect(page).toHaveURL(`${app.origin}/o`)
  await page.getByRole('link', { name: nameOf(second) }).click()
  await expect(page).toHaveURL(`${app.origin}/o/${second.slug}/calls`)
  await page.getByRole('button', { name: words.shell.switchOrganisation }).click()
  await page.getByRole('link', { name: nameOf(organisation) }).click()
  await expect(page).toHaveURL(`${app.origin}/o/${organisation.slug}`)
  await expect(page.getByRole('button', { name: words.shell.switchOrganisation })).toContainText(nameOf(organisation))
  const stranger = await sessionOf(organisation.owner)
  expect(
    (await send({ path: `/api/app/o/${second.slug}/calls`, headers: { Cookie: stranger } })).status,
    'a member of one sees one',
  ).toBe(404)
})
