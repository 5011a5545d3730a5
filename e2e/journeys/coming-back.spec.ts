import { type Browser, expect, type Page, test } from '@playwright/test'

import { words } from '../../components/words/words.ts'
import { type Member, type Organisation, ownOrganisation } from '../support/organisation.ts'
import { app } from '../support/running-app.ts'
import { postCall } from '../support/sample-call.ts'
import { send } from '../support/send.ts'
import { postSignIn, sessionOf, startSession } from '../support/session.ts'

let organisation: Organisation
let second: Organisation
let call: string
test.beforeAll(async () => {
  organisation = await ownOrganisation()
  second = await ownOrganisation({ guests: [organisation.agent.email] })
  call = await postCall(organisation.key)
})

const fillIn = async (page: Page, { email, password }: Member): Promise<void> => {
  await page.getByLabel(words.signIn.email).fill(email)
  await page.getByLabel(words.signIn.password, { exact: true }).fill(password)
  await page.getByRole('button', { name: words.signIn.submit, exact: true }).click()
}

const inBrowser = async (browser: Browser, javaScriptEnabled: boolean, walk: (page: Page) => Promise<void>) => {
  const context = await browser.newContext({ javaScriptEnabled, ignoreHTTPSErrors: true })
  await walk(await context.newPage())
  await context.close()
}

for (const [way, javaScriptEnabled] of [
  ['with JavaScript', true],
  ['without JavaScript', false],
] as const) {
  test(`${way} whoever was sent to sign in comes back to where they were going`, async ({ browser }) => {
    for (const path of [`/o/${organisation.slug}/calls/${call}`, `/o/${organisation.slug}/calls?status=in_progress`]) {
      await inBrowser(browser, javaScriptEnabled, async (page) => {
        await page.goto(`${app.origin}${path}`)
        await expect(page).toHaveURL(`${app.origin}/sign-in?next=${encodeURIComponent(path)}`)
        await fillIn(page, organisation.owner)
        await expect(page).toHaveURL(`${app.origin}${path}`)
      })
    }
  })
}

const elsewhere = [
  '//evil.example',
  '///evil.example',
  'https://evil.example/',
  `https://evil.example/o/`,
  '/\\evil.example',
  '\\/evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '/%2f/evil.example\r\nx: y',
  '/o/../../evil.example',
  '/o@evil.example',
  '/sign-in?next=//evil.example',
]

test('nobody is sent anywhere but to a screen of ours, before or after signing in', async () => {
  const cookie = await sessionOf(organisation.owner)
  for (const next of elsewhere) {
    const query = `/sign-in?${new URLSearchParams({ next }).toString()}`
    const [posted, asJson, signedIn, form] = await Promise.all([
      postSignIn(organisation.owner, { more: { next } }),
      postSignIn(organisation.owner, { more: { next }, headers: { Accept: 'application/json' } }),
      send({ path: query, headers: { Cookie: cookie } }),
      send({ path: query }),
    ])
    expect([next, posted.status, posted.headers['location']]).toEqual([next, 303, '/o'])
    expect(JSON.parse(asJson.text)).toMatchObject({ ok: true, to: '/o' })
    expect([next, signedIn.headers['location']]).toEqual([next, '/o'])
    expect(form.text, 'the form carries no way there').not.toMatch(/name="next"/)
  }
  const path = `/o/${organisation.slug}/calls/${call}`
  expect((await postSignIn(organisation.owner, { more: { next: path } })).headers['location']).toBe(path)
})

test('whoever is signed in has no business on the sign-in page', async ({ page }) => {
  await startSession(page, organisation.agent)
  await page.goto(`${app.origin}/sign-in`)
  await expect(page).toHaveURL(`${app.origin}/o`)
  const path = `/o/${second.slug}/calls`
  await page.goto(`${app.origin}/sign-in?next=${encodeURIComponent(path)}`)
  await expect(page).toHaveURL(`${app.origin}${path}`)
})

test('the page that asks where to says who is signed in, and lets them out', async ({ browser }) => {
  await inBrowser(browser, false, async (page) => {
    const cookie = await startSession(page, organisation.agent)
    await page.goto(`${app.origin}/o`)
    await expect(page.getByText(words.organisations.signedInAs(organisation.agent.email))).toBeVisible()
    await page.getByRole('button', { name: words.shell.signOut }).click()
    await expect(page).toHaveURL(`${app.origin}/sign-in`)
    const after = await send({ path: '/o', headers: { Cookie: cookie } })
    expect(after.headers['location'], 'and the session is over').toBe('/sign-in')
  })
})
