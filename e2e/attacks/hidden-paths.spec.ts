import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from '@playwright/test'

import { words } from '../../components/words/words.ts'
import { ownOrganisation } from '../support/organisation.ts'
import { adminPath, app, homeFile, root } from '../support/running-app.ts'
import { comparable, exactly } from '../support/same-answer.ts'
import { type Answer, send } from '../support/send.ts'
import { sessionOf } from '../support/session.ts'
import { watch } from '../support/watched-page.ts'

/** Not printed by a failing assertion: only whether it is there. */
const holdsPath = (text: string): boolean => text.includes(adminPath().slice(1))

const paths = [
  '/admin',
  '/Admin',
  '/ADMIN',
  '/aDmIn',
  '/admin/',
  '/admin//',
  '//admin',
  '/./admin',
  '/x/../admin',
  '/admin/.',
  '/admin/..',
  '/%61dmin',
  '/%41dmin',
  '/admi%6e',
  '/%2561dmin',
  '/admin%2f',
  '/admin%00',
  '/admin%20',
  '/admin;x=1',
  '/admin.',
  '/admin.html',
  '/admin.json',
  '/admin.rsc',
  '/admin.txt',
  '/admin.prefetch.rsc',
  '/admin.segments/_tree.segment.rsc',
  '/admin/__PAGE__.segment.rsc',
  '/admin.action',
  '/admin.body',
  '/admin.meta',
  '/admin/x',
  '/admin/login',
  '/admin/actions',
  '/admin/page',
  '/admin/index',
  '/admin?x=1',
  '/admin?_rsc=1a2b3',
  '/admin#x'.replace('#', '%23'),
  '/_next/data/build/admin.json',
  '/_next/static/../../admin',
  '/_next/image?url=/admin&w=64&q=75',
  '/index.php/admin',
  '/en/admin',
  '/api/admin',
  '/o/../admin',
  '/administrator',
  '/adm',
  '/wp-admin',
  '/console',
  '/operator',
  '/backoffice',
  '/dashboard',
  '/login',
  '/signin',
  '/sign-in/',
  '/SIGN-IN',
  '/o/',
  '/.env',
  '/.git/config',
  '/package.json',
  '/next.config.js',
  '/server.js',
  '/.next/server/app/admin/page.js',
  '/_next/',
  '/_next/static/',
  '/_next/static/chunks/',
  '/_error',
  '/_not-found',
  '/_not-found/page',
  '/404',
  '/500',
  '/_document',
  '/_app',
  '/favicon.ico',
  '/sitemap.xml',
  '/index',
  '/index.rsc',
  '/page',
  '/nowhere',
  '/a'.repeat(200),
  '/\u00e9'.replace('\u00e9', '%C3%A9'),
  '/%ff',
  '/%c0%ae',
  '/~',
  "/'",
  '/*',
  '/(auth)/sign-in',
  '/o/[org]',
  '/o/%5Borg%5D/calls/x/y',
]

const forms: Record<string, string>[] = [
  {},
  { RSC: '1' },
  { RSC: '1', 'Next-Router-Prefetch': '1' },
  { RSC: '1', 'Next-Router-Prefetch': '1', 'Next-Router-Segment-Prefetch': '/_tree' },
  { 'Next-Router-State-Tree': '%5B%22%22%5D', 'Next-Url': '/admin' },
  { Purpose: 'prefetch', 'x-middleware-prefetch': '1', 'X-Moz': 'prefetch' },
  {
    'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware',
    'x-invoke-path': '/admin',
    'x-matched-path': '/admin',
  },
  {
    'x-middleware-rewrite': '/admin',
    'x-nextjs-data': '1',
    'x-forwarded-host': 'evil.example',
    'x-original-url': '/admin',
    'x-rewrite-url': '/admin',
    'x-orinode-console': '1',
  },
  { Accept: 'application/json', 'Accept-Encoding': 'gzip, br', 'Accept-Language': 'fr' },
  { Cookie: '__Host-orinode.session=x; theme=dark' },
]

test('/admin in every spelling, and whatever there is not, has one answer', async () => {
  const reference = exactly(await send({ path: '/nowhere-at-all' }))
  expect(reference).toMatch(/^404\n/)
  for (const path of paths) {
    const answers = await Promise.all(forms.map((headers) => send({ path, headers })))
    const odd = answers.findIndex((answer) => exactly(answer) !== reference)
    const queried = await send({ path: `${path}${path.includes('?') ? '&' : '?'}q=1` })
    expect([path, odd === -1 ? 'none' : forms[odd], exactly(queried) === reference]).toEqual([path, 'none', true])
  }
  const head = await send({ method: 'HEAD', path: '/admin' })
  expect(exactly(head)).toBe(exactly(await send({ method: 'HEAD', path: '/nowhere-at-all' })))
  expect([head.status, head.body.length]).toEqual([404, 0])
})

test('the page of all components, while it is closed, is not told from nothing', async () => {
  const reference = exactly(await send({ path: '/nowhere-at-all' }))
  for (const headers of forms)
    expect(exactly(await send({ path: '/kit', headers })), JSON.stringify(headers)).toBe(reference)
})

test('an organisation of others and one of nobody have one answer, whoever asks and however', async () => {
  const [mine, theirs] = [await ownOrganisation(), await ownOrganisation()]
  const nobodys = `${theirs.slug.slice(0, -1)}${theirs.slug.endsWith('2') ? '3' : '2'}`
  const askers: [string, Record<string, string>][] = [
    ['nobody', { Cookie: '' }],
    ['a session that is none', { Cookie: '__Host-orinode.session=x' }],
    ['a member of another', { Cookie: await sessionOf(mine.owner) }],
  ]
  const reference = exactly(await send({ path: '/nowhere-at-all' }))
  for (const [asker, cookie] of askers) {
    for (const rest of ['', '/', '/calls', '/calls?status=busy', '/team?_rsc=1a2b3', '/nowhere']) {
      for (const form of forms) {
        const headers = { ...form, ...cookie }
        const [one, other] = await Promise.all(
          [theirs.slug, nobodys].map((slug) => send({ path: `/o/${slug}${rest}`, headers })),
        )
        const how = [asker, rest, JSON.stringify(form)]
        expect([...how, one && comparable(one, [theirs.slug])]).toEqual([...how, other && comparable(other, [nobodys])])
        // Pieces of a page are asked for with a fingerprint, and whoever has none is sent to ask again.
        const isWhole = !('RSC' in form) || rest === '/' || rest === '/nowhere'
        if (isWhole && asker === 'a member of another')
          expect([...how, one && exactly(one)]).toEqual([...how, reference])
        else expect([...how, one?.status === 404 || one?.body.length === 0]).toEqual([...how, true])
      }
    }
  }
})

test('posting there is answered alike as well', async () => {
  const ways = [
    { Origin: app.origin, 'Content-Type': 'text/plain' },
    { 'Next-Action': '0'.repeat(42), Origin: app.origin },
    { 'Content-Type': 'application/json' },
    {},
  ]
  for (const headers of ways) {
    const [there, nowhere] = [
      await send({ method: 'POST', path: '/admin', headers, body: '[]' }),
      await send({ method: 'POST', path: '/nowhere', headers, body: '[]' }),
    ]
    expect(exactly(there)).toBe(exactly(nowhere))
    expect(there.status).toBe(404)
  }
})

test('what leads somewhere does not look like that answer', async () => {
  const reference = exactly(await send({ path: '/nowhere-at-all' }))
  for (const path of ['/', '/sign-in', '/robots.txt', '/api/health/live']) {
    const answer = await send({ path })
    expect([path, answer.status]).toEqual([path, 200])
    expect(exactly(answer)).not.toBe(reference)
  }
})

test('the secret path in any other spelling than its own is nothing', async () => {
  const secret = adminPath()
  const reference = exactly(await send({ path: '/nowhere-at-all' }))
  const flipped = secret.replace(/[a-z]/i, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  )
  const spellings = [
    `${secret}/`,
    `/${secret}`,
    `${secret}/x`,
    `${secret}.rsc`,
    `${secret}.segments/_tree.segment.rsc`,
    `${secret}.txt`,
    secret.slice(0, -1),
    `${secret}x`,
    flipped,
    `/x${secret}`,
    `${secret}/admin`,
    `/admin${secret}`,
    `/%${secret.charCodeAt(1).toString(16)}${secret.slice(2)}`,
  ]
  for (const [at, path] of spellings.entries()) {
    expect(exactly(await send({ path })) === reference, `spelling ${at}`).toBe(true)
  }
})

test('the secret path shows the operators’ sign-in and lets nobody in', async ({ page }) => {
  const { complaints } = await watch(page)
  const opened = await page.goto(`${app.origin}${adminPath()}`)
  expect(opened?.status()).toBe(200)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  for (const [email, password] of [
    ['root@localhost.example', 'admin admin admin'],
    [app.logins[0]?.email ?? '', app.logins[0]?.password ?? ''],
  ] as const) {
    await page.getByLabel(words.signIn.email).fill(email)
    await page.getByLabel(words.signIn.password, { exact: true }).fill(password)
    await page.getByRole('button', { name: words.signIn.submit, exact: true }).click()
    await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toBeVisible()
    await expect(page.getByLabel(words.signIn.email)).toBeVisible()
  }
  expect(await page.context().cookies()).toEqual([])
  expect(await complaints()).toEqual([])
})

const seen = (answer: Answer): string => answer.whole

test('the secret path stands in no file for browsers, no header and no log', async () => {
  const visits = await Promise.all(
    [{}, { RSC: '1' }, { Referer: `${app.origin}${adminPath()}` }].map((headers) =>
      send({ path: adminPath(), headers }),
    ),
  )
  for (const { rawHeaders, status } of visits.filter(({ status: one }) => one === 200)) {
    expect([status, rawHeaders.some(holdsPath)]).toEqual([200, false])
  }
  for (const path of ['/', '/sign-in', '/nowhere', '/admin', '/api/health/ready', '/api/v1/calls']) {
    expect([path, holdsPath(seen(await send({ path, headers: { Referer: `${app.origin}${adminPath()}` } })))]).toEqual([
      path,
      false,
    ])
  }
  const built = [join(root, '.next/static'), join(root, 'public')].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  )
  expect(built.length).toBeGreaterThan(10)
  expect(built.filter((file) => holdsPath(readFileSync(file, 'latin1')))).toEqual([])
  for (const log of readdirSync(homeFile('logs'))) {
    expect([log, holdsPath(readFileSync(homeFile('logs', log), 'latin1'))]).toEqual([log, false])
  }
  expect(readFileSync(homeFile('logs', 'web.log'), 'utf8'), 'the visits were logged, by another name').toContain(
    '(console)',
  )
  expect(holdsPath(`x${adminPath()}x`), 'the search finds it where it is').toBe(true)
})
