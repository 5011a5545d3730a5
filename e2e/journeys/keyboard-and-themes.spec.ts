import { expect, type Page, test } from '@playwright/test'
import type postgres from 'postgres'

import { words } from '../../components/words/words.ts'
import { plant } from '../../lib/testing/plant.ts'
import { announceAccess, superuser } from '../support/database.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { app } from '../support/running-app.ts'
import { postCall } from '../support/sample-call.ts'
import { startSession } from '../support/session.ts'
import { expectAccessible, expectNoSidewaysScroll, phone, watch } from '../support/watched-page.ts'

let sql: postgres.Sql
let organisation: Organisation
let empty: Organisation
const calls: string[] = []
test.beforeAll(async () => {
  sql = superuser()
  organisation = await ownOrganisation()
  empty = await ownOrganisation()
  for (let minute = 3; minute >= 1; minute -= 1) {
    const text =
      'Please call me on 0803 555 0142, and read my very-long-reference-without-a-single-space-in-it-at-all back to me.'
    calls.unshift(
      await postCall(organisation.key, {
        started_at: new Date(Date.now() - minute * 60_000).toISOString(),
        agent: 'The agent with quite a long name at the front desk',
        summary: 'Wanted to know whether the clinic opens on Saturday.',
        transcript: [
          { role: 'caller', text, at_ms: 0 },
          { role: 'agent', text: 'ẹ káàárọ̀', at_ms: 900 },
        ],
      }),
    )
  }
  const { memberId } = empty.agent
  await plant(
    sql,
    empty.id,
    memberId,
    (tx) => tx`
    insert into member_toggle (org, member_id, permission, effect) values (${empty.id}, ${memberId}, 'calls.view', 'deny')`,
  )
  await announceAccess(sql)
})
test.afterAll(() => sql.end())

test('j, k and Enter walk the list and open a call', async ({ page }) => {
  await startSession(page, organisation.agent)
  await page.goto(`${app.origin}/o/${organisation.slug}/calls`)
  await expect(page.getByText(words.calls.live.live, { exact: true })).toBeVisible()
  const rowAtHand = page.locator('a[data-row]:focus')
  for (const [key, at] of [
    ['j', 0],
    ['j', 1],
    ['j', 2],
    ['j', 2],
    ['k', 1],
  ] as const) {
    await page.keyboard.press(key)
    await expect(rowAtHand).toHaveAttribute('data-row', calls[at] ?? '')
  }
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${app.origin}/o/${organisation.slug}/calls/${calls[1]}`)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: words.shell.shortcuts })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: words.shell.shortcuts })).toBeHidden()
})

test('the first Tab offers to skip to the content', async ({ page }) => {
  await startSession(page, organisation.agent)
  await page.goto(`${app.origin}/o/${organisation.slug}/calls`)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: words.shell.skip })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('#content')).toBeFocused()
})

test('a chosen theme is there from the first paint on', async ({ page }) => {
  await startSession(page, organisation.agent)
  const address = `${app.origin}/o/${organisation.slug}/calls`
  await page.goto(address)
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const seen: string[] = []
  for (const theme of ['light', 'dark'] as const) {
    await page.getByRole('button', { name: words.shell.yourMenu }).click()
    await page.getByRole('button', { name: words.shell.themes[theme], exact: true }).click()
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    seen.push(await background())
    const html = await (await page.request.get(address)).text()
    expect(html).toContain(`data-theme="${theme}"`)
    await page.reload()
    expect(await background()).toBe(seen.at(-1))
  }
  expect(new Set(seen).size).toBe(2)
})

interface Screen {
  title: string
  path: () => string
  as: 'nobody' | 'agent' | 'agent of the empty one' | 'owner of the empty one'
  status: number
  shows: string
}

const screens: Screen[] = [
  { title: 'start page', path: () => '/', as: 'nobody', status: 200, shows: words.home.maskedExample },
  { title: 'sign-in', path: () => '/sign-in', as: 'nobody', status: 200, shows: words.signIn.title },
  {
    title: 'refused sign-in',
    path: () => '/sign-in?refused=1',
    as: 'nobody',
    status: 200,
    shows: words.signIn.refused,
  },
  {
    title: 'call list',
    path: () => `/o/${organisation.slug}/calls`,
    as: 'agent',
    status: 200,
    shows: '+234 *** *** 142',
  },
  {
    title: 'filtered list without calls',
    path: () => `/o/${organisation.slug}/calls?status=busy`,
    as: 'agent',
    status: 200,
    shows: words.calls.empty.none,
  },
  {
    title: 'list of a filter that makes no sense',
    path: () => `/o/${organisation.slug}/calls?status=purple`,
    as: 'agent',
    status: 200,
    shows: words.calls.badFilter.title,
  },
  {
    title: 'empty list',
    path: () => `/o/${empty.slug}/calls`,
    as: 'owner of the empty one',
    status: 200,
    shows: words.calls.empty.title,
  },
  {
    title: 'call page',
    path: () => `/o/${organisation.slug}/calls/${calls[0]}`,
    as: 'agent',
    status: 200,
    shows: words.calls.transcript.removed,
  },
  {
    title: 'not-allowed page',
    path: () => `/o/${empty.slug}/calls`,
    as: 'agent of the empty one',
    status: 403,
    shows: words.states.notAllowed.title,
  },
  {
    title: 'unknown address',
    path: () => '/nowhere',
    as: 'nobody',
    status: 404,
    shows: words.states.notFound.title,
  },
  {
    title: 'unknown call',
    path: () => `/o/${organisation.slug}/calls/01920000-0000-7000-8000-000000000000`,
    as: 'agent',
    status: 404,
    shows: words.states.notFound.title,
  },
]

const desk = { width: 1280, height: 800 }

const enter = async (page: Page, { as }: Screen): Promise<void> => {
  if (as === 'agent') await startSession(page, organisation.agent)
  if (as === 'agent of the empty one') await startSession(page, empty.agent)
  if (as === 'owner of the empty one') await startSession(page, empty.owner)
}

for (const screen of screens) {
  test(`the ${screen.title} breaks no policy, fits a phone, and is readable in both themes`, async ({ page }) => {
    const { complaints } = await watch(page)
    await enter(page, screen)
    for (const [colorScheme, viewport] of [
      ['light', phone],
      ['dark', phone],
      ['light', desk],
    ] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize(viewport)
      const answer = await page.goto(`${app.origin}${screen.path()}`)
      expect(answer?.status()).toBe(screen.status)
      await expect(page.getByText(screen.shows).first()).toBeVisible()
      await expectNoSidewaysScroll(page)
      await expectAccessible(page)
    }
    expect(await complaints()).toEqual([])
  })
}

test('a broken policy would be heard', async ({ page }) => {
  const { complaints } = await watch(page)
  await page.goto(`${app.origin}/sign-in`)
  await page.evaluate(() => {
    const image = document.createElement('img')
    image.src = 'https://evil.example/x.png'
    document.body.append(image)
  })
  await expect.poll(complaints).toContainEqual(expect.stringContaining('policy: '))
})
