import { expect, test } from '@playwright/test'

import { words } from '../../components/words/words.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { app } from '../support/running-app.ts'
import { postCall } from '../support/sample-call.ts'
import { json, send } from '../support/send.ts'
import { sessionOf, startSession } from '../support/session.ts'

/** What one look may cost: data is paid for by the megabyte where people look. */
const mostBytes = { firstView: 250_000, scripts: 175_000, fiftyCalls: 20_000 }

let organisation: Organisation
let list: string
test.beforeAll(async () => {
  organisation = await ownOrganisation()
  list = `/o/${organisation.slug}/calls`
  const calls = Array.from({ length: 51 }, (_, at) =>
    postCall(organisation.key, {
      status: 'completed',
      outcome: 'Appointment booked',
      cost: { amount_minor: 6_840, currency: 'NGN' },
      started_at: new Date(Date.now() - at * 600_000).toISOString(),
      ended_at: new Date(Date.now() - at * 600_000 + 132_000).toISOString(),
    }),
  )
  await Promise.all(calls)
})

test('the first view of a full list fits its budget, and asks for nothing it has just been given', async ({ page }) => {
  await startSession(page, organisation.agent)
  const network = await page.context().newCDPSession(page)
  await network.send('Network.enable')
  const kinds = new Map<string, string>()
  const bytes = new Map<string, number>()
  network.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type))
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => bytes.set(requestId, encodedDataLength))
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes(`/api/app${list}`)) asked.push(request.url())
  })

  await page.goto(`${app.origin}${list}`)
  await expect(page.getByRole('row')).toHaveCount(51)
  await expect(page.getByText(words.calls.newest(50))).toBeVisible()
  // What comes after the page has loaded, for pages one may open next, is no part of its first view.
  const weight = (kind?: string) =>
    [...bytes].reduce((sum, [id, size]) => (kind === undefined || kinds.get(id) === kind ? sum + size : sum), 0)
  expect(weight('Script')).toBeGreaterThan(50_000)
  expect(weight('Script')).toBeLessThanOrEqual(mostBytes.scripts)
  expect(weight()).toBeLessThanOrEqual(mostBytes.firstView)

  await expect(page.getByText(words.calls.live.live, { exact: true })).toBeVisible()
  const newest = await postCall(organisation.key)
  await expect(page.locator(`a[data-row="${newest}"]`)).toBeVisible()
  expect(asked, 'asked once, when there was something new').toHaveLength(1)
})

test('fifty calls are no more JSON than their rows show', async () => {
  const cookie = await sessionOf(organisation.agent)
  const answer = await send({ path: `/api/app${list}?limit=50`, headers: { Cookie: cookie } })
  expect(answer.body.length).toBeLessThanOrEqual(mostBytes.fiftyCalls)
  const { data } = json(answer)
  expect(data).toHaveLength(50)
})

test('a page is compressed for our own pages only, a script for everybody', async () => {
  const cookie = await sessionOf(organisation.agent)
  const page = (site: string) =>
    send({ path: list, headers: { Cookie: cookie, 'Accept-Encoding': 'gzip, br', 'Sec-Fetch-Site': site } })
  const [ours, typed, theirs] = await Promise.all(['same-origin', 'none', 'cross-site'].map(page))
  expect([ours, typed, theirs].map((answer) => answer?.headers['content-encoding'])).toEqual([
    'gzip',
    'gzip',
    undefined,
  ])
  const script = /\/_next\/static\/[^"]+\.js/.exec(ours?.text ?? '')?.[0] ?? ''
  const answer = await send({
    path: script,
    headers: { 'Accept-Encoding': 'gzip, br', 'Sec-Fetch-Site': 'cross-site' },
  })
  expect([answer.status, answer.headers['content-encoding']]).toEqual([200, 'br'])
})
