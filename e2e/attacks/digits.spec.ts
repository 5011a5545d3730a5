import { rmSync, writeFileSync } from 'node:fs'

import { expect, test } from '@playwright/test'
import type postgres from 'postgres'

import { superuser } from '../support/database.ts'
import { pages, pathOf, routes, visitPage } from '../support/door-paths.ts'
import { openStream } from '../support/live-stream.ts'
import {
  numbersIn,
  numbersInBytes,
  type PlantedNumber,
  randomNumber,
  spelled,
  spellings,
} from '../support/number-search.ts'
import { type Organisation, ownOrganisation, unsealedTexts } from '../support/organisation.ts'
import { type Planted, plantCallers } from '../support/planted-callers.ts'
import { app, homeFile } from '../support/running-app.ts'
import { sampleCall } from '../support/sample-call.ts'
import { ask, json, send } from '../support/send.ts'
import { sessionOf, startSession } from '../support/session.ts'
import { numbersInDatabase, numbersInFiles } from '../support/storage.ts'

test.setTimeout(150_000)

interface Case {
  organisation: Organisation
  numbers: PlantedNumber[]
  planted: Planted[]
  streamed: string
}
let sql: postgres.Sql
let on: Case
let off: Case
let control: PlantedNumber

test.beforeAll(async () => {
  test.setTimeout(120_000)
  sql = superuser()
  const wanted = spellings(randomNumber()).length
  const candidates = Array.from({ length: wanted * 2 + 20 }, randomNumber)
  // Numbers that stand nowhere yet, so that whatever is found was ours.
  const taken = new Set(
    [...(await numbersInDatabase(sql, candidates)), ...(await numbersInFiles(sql, candidates))].map(({ what }) => what),
  )
  const free = candidates.filter(({ e164 }) => !taken.has(e164))
  control = free.pop() ?? randomNumber()
  const prepare = async (masking: boolean): Promise<Case> => {
    const organisation = await ownOrganisation({ masking })
    const numbers = free.splice(0, wanted)
    const stream = await openStream(`/api/app/o/${organisation.slug}/stream`, await sessionOf(organisation.agent))
    const planted = await plantCallers(organisation, numbers)
    await expect.poll(stream.heard).toContain(planted.at(-1)?.call)
    stream.close()
    return { organisation, numbers, planted, streamed: stream.heard() }
  }
  on = await prepare(true)
  off = await prepare(false)
})
test.afterAll(() => sql.end())

test('the search finds a number in every spelling, and nothing where there is none', () => {
  const number = randomNumber()
  for (const spelling of spellings(number)) {
    expect(numbersIn(`<p>call ${spelling} now</p>`, [number, control]), spelling).toEqual([number])
    expect(
      numbersIn(
        JSON.stringify({ text: spelling }).replace(
          /[^\x20-\x7e]/g,
          (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
        ),
        [number],
      ),
      spelling,
    ).toEqual([number])
  }
  expect(numbersIn(number.tail.slice(0, 6), [number])).toEqual([])
  const bytes = (text: string | Buffer) => Buffer.concat([Buffer.alloc(99, 0xff), Buffer.from(text), Buffer.alloc(99)])
  for (const text of [
    ...spellings(number).filter((one) => !/[a-z]/.test(one)),
    spelled(number.tail),
    Buffer.from(number.e164, 'utf16le'),
  ]) {
    expect(numbersInBytes(bytes(text), [number, control]), String(text)).toEqual([number])
  }
})

for (const masking of [true, false]) {
  const caseOf = (): Case => (masking ? on : off)
  const where = `while masking is ${masking ? 'on' : 'off'}`

  test(`no door shows an agent a caller’s digits ${where}`, async () => {
    const { organisation, planted, numbers, streamed } = caseOf()
    const cookie = await sessionOf(organisation.agent)
    const leaks: string[] = []
    const formsWithCalls = new Set<string>()
    const look = (what: string, text: string): void => {
      for (const { e164 } of numbersIn(text, numbers))
        leaks.push(`${what}: ${planted.find(({ number }) => number.e164 === e164)?.spelling}`)
    }
    look('stream', streamed)
    for (const { pattern } of pages()) {
      const calls = /\[call\]/.test(pattern) ? planted.map(({ call }) => call) : [planted[0]?.call ?? '']
      for (const call of calls) {
        const path = pathOf(pattern, { organisation, call })
        for (const { form, answer, first } of await visitPage(path, cookie)) {
          if (/number removed|\*\*\* \*\*\*/.test(answer.text)) formsWithCalls.add(form)
          look(`page ${pattern} ${form}`, `${first.whole}${answer.whole}`)
        }
      }
    }
    for (const { pattern, methods } of routes().filter(
      (door) => door.pattern.startsWith('/api/app/') && !door.pattern.endsWith('/stream'),
    )) {
      for (const method of methods) {
        for (const query of [
          '',
          '?limit=100',
          `?status=in_progress`,
          `?status=${planted[0]?.number.tail}`,
          `?${planted[0]?.number.e164}=1`,
          `?cursor=${planted[0]?.number.national}`,
        ]) {
          const answer = await send({
            method,
            path: pathOf(pattern, { organisation, call: planted[0]?.call ?? '' }) + query,
            headers: { Cookie: cookie, Origin: app.origin },
          })
          look(`${method} ${pattern}${query}`, answer.whole)
        }
      }
    }
    expect(leaks).toEqual([])
    expect(formsWithCalls.size, 'calls were shown, masked, in more forms than one').toBeGreaterThan(1)
  })

  test(`no door shows a key without phone numbers a caller’s digits, errors included, ${where}`, async () => {
    const { organisation, planted, numbers } = caseOf()
    const leaks: string[] = []
    const look = async (what: string, asked: ReturnType<typeof ask>): Promise<void> => {
      const answer = await asked
      for (const { e164 } of numbersIn(answer.whole, numbers))
        leaks.push(`${what}: ${planted.find(({ number }) => number.e164 === e164)?.spelling}`)
    }
    const { key } = organisation
    await look('list', ask(key, 'GET', '/api/v1/calls?limit=100'))
    for (const { call, number, spelling } of planted) {
      await look('call', ask(key, 'GET', `/api/v1/calls/${call}`))
      await look('transcript', ask(key, 'GET', `/api/v1/calls/${call}/transcript`))
      await look('lookup', ask(key, 'POST', '/api/v1/callers/lookup', { caller: number.e164 }))
      await look(
        'event answer',
        ask(key, 'POST', `/api/v1/calls/${call}/events`, { type: 'turn', role: 'agent', text: spelling, at_ms: 9_000 }),
      )
      for (const wrong of [
        { status: spelling },
        { caller: Number(number.national) },
        { [`field ${spelling}`.slice(0, 60)]: spelling },
        { started_at: spelling },
        { languages: [spelling] },
        { recording_url: spelling },
        { metadata: { [spelling]: [spelling] } },
        { consent: { state: spelling } },
        { cost: { amount_minor: 1, currency: spelling } },
      ]) {
        await look(
          `error of ${Object.keys(wrong)[0]?.split(' ')[0]}`,
          ask(key, 'POST', '/api/v1/calls', sampleCall(wrong)),
        )
      }
      await look('error of an id', ask(key, 'GET', `/api/v1/calls/${encodeURIComponent(number.e164)}`))
      await look(
        'error of a query',
        ask(key, 'GET', `/api/v1/calls?status=${number.national}&caller=${number.tail}&${number.tail}=1`),
      )
      await look('error of a body', ask(key, 'POST', '/api/v1/calls', `{"caller": "${number.e164}`))
    }
    expect(leaks).toEqual([])
  })
}

test('nothing a browser loads on the way from list to call holds the digits', async ({ page }) => {
  const { organisation, planted, numbers } = on
  const [{ call } = { call: '' }] = planted
  const bodies: Promise<string>[] = []
  page.on('response', (response) => {
    // The stream has no end to wait for; its words are searched above.
    if (!new URL(response.url()).pathname.endsWith('/stream')) bodies.push(response.text().catch(() => ''))
  })
  await startSession(page, organisation.agent)
  await page.goto(`${app.origin}/o/${organisation.slug}/calls`)
  await page.locator(`a[data-row="${call}"]`).click()
  await expect(page).toHaveURL(new RegExp(call))
  await expect(page.getByText('number removed').first()).toBeVisible()
  const texts = [...(await Promise.all(bodies)), await page.content()]
  expect(texts.join('').length).toBeGreaterThan(50_000)
  expect(texts.flatMap((text) => numbersIn(text, numbers))).toEqual([])
})

test('with masking off a key that may see phone numbers gets them: the digits were there to find', async () => {
  const { organisation, planted } = off
  for (const { call, number } of planted.slice(0, 3)) {
    expect(json(await ask(organisation.numbersKey.key, 'GET', `/api/v1/calls/${call}`))['caller']).toMatchObject({
      digits: number.e164,
      hidden: 'none',
    })
    const { text } = await ask(organisation.numbersKey.key, 'GET', `/api/v1/calls/${call}/transcript`)
    expect(numbersIn(text, [number])).toEqual([number])
  }
  const masked = json(await ask(on.organisation.numbersKey.key, 'GET', `/api/v1/calls/${on.planted[0]?.call}`))
  expect(masked['caller']).toMatchObject({ hidden: 'not_stored' })
})

test('no digits lie in the database or in any file, whatever the setting', async () => {
  const scratch = homeFile('scratch-of-a-test')
  writeFileSync(scratch, `x${control.e164}x`)
  await sql`create table public.scratch_of_a_test (words text, bytes bytea)`
  try {
    await sql`insert into public.scratch_of_a_test values (${`call ${control.national.split('').join('-')}`}, null)`
    expect((await numbersInDatabase(sql, [control])).map(({ place }) => place)).toContain('public.scratch_of_a_test')
    await sql`truncate public.scratch_of_a_test`
    await sql`insert into public.scratch_of_a_test values (null, ${Buffer.from(`\0${control.e164}\0`)})`
    expect((await numbersInDatabase(sql, [control])).map(({ place }) => place)).toContain('public.scratch_of_a_test')
    const inFiles = (await numbersInFiles(sql, [control])).map(({ place }) => place)
    expect(inFiles).toContain('scratch-of-a-test')
    expect(inFiles.length, 'the table’s own file too').toBeGreaterThan(1)
  } finally {
    await sql`drop table public.scratch_of_a_test`
    rmSync(scratch)
  }
  const all = [...on.numbers, ...off.numbers]
  const spellingOf = (e164: string) =>
    [...on.planted, ...off.planted].find(({ number }) => number.e164 === e164)?.spelling
  const found = [...(await numbersInDatabase(sql, all)), ...(await numbersInFiles(sql, all))]
  expect(found.map(({ place, what }) => `${place}: ${spellingOf(what)}`)).toEqual([])
})

test('with masking on the digits are not even under a seal', async () => {
  const search = async ({ organisation, numbers }: Case) =>
    new Set(
      (await unsealedTexts(organisation.id))
        .filter(({ text }) => numbersIn(text, numbers).length > 0)
        .map(({ place }) => place),
    )
  expect(await search(off), 'with masking off they are, so the search would see them').toContain('call.caller_sealed')
  expect([...(await search(on))]).toEqual([])
})

test('a field made for something else cannot carry a number past the mask', async () => {
  const { organisation } = on
  const number = randomNumber()
  const [head, tail] = [number.national.slice(0, 3), number.tail]
  for (const smuggled of [
    { languages: [`en-${head}-${tail}`] },
    { consent: { state: 'given', type: number.e164 } },
    { number: `our ${number.e164} line` },
  ]) {
    const answer = await ask(
      organisation.key,
      'POST',
      '/api/v1/calls',
      sampleCall({ caller: number.e164, ...smuggled }),
    )
    expect([200, 201, 400]).toContain(answer.status)
    expect(numbersIn(answer.whole, [number]), JSON.stringify(smuggled)).toEqual([])
  }
  expect((await numbersInDatabase(sql, [number])).map(({ place }) => place)).toEqual([])
})
