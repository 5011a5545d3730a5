import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:tls'

import { expect, test } from '@playwright/test'
import type postgres from 'postgres'

import { mp3File, wavFile } from '../../lib/testing/audio.ts'
import { auditOf, superuser } from '../support/database.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { putRecording } from '../support/recording.ts'
import { app, homeFile } from '../support/running-app.ts'
import { postCall } from '../support/sample-call.ts'
import { json, send } from '../support/send.ts'
import { sessionOf } from '../support/session.ts'
import { wordsInDatabase, wordsInFiles } from '../support/storage.ts'

let sql: postgres.Sql
let organisation: Organisation
let cookie: string
test.beforeAll(async () => {
  sql = superuser()
  organisation = await ownOrganisation()
  cookie = await sessionOf(organisation.agent)
})
test.afterAll(() => sql.end())

const pathOf = (call: string) => `/api/app/o/${organisation.slug}/calls/${call}/recording`
const hear = (call: string, headers: Record<string, string> = {}, method = 'GET') =>
  send({ method, path: pathOf(call), headers: { Cookie: cookie, ...headers } })
const unfinished = () => {
  const folder = homeFile('storage', 'unfinished')
  return existsSync(folder) ? readdirSync(folder) : []
}

test('no file and no row holds the sound in the clear, and the search would have found it', async () => {
  const marker = `spoken ${randomUUID()} aloud`
  const scratch = homeFile('scratch-of-a-recording')
  writeFileSync(scratch, `x${marker}x`)
  try {
    expect((await wordsInFiles(sql, [marker])).map(({ place }) => place)).toEqual(['scratch-of-a-recording'])
  } finally {
    rmSync(scratch)
  }
  const call = await postCall(organisation.key)
  const file = wavFile({ seconds: 20, marker })
  expect((await putRecording(organisation.key, call, file)).status).toBe(201)
  const heard = await hear(call)
  expect(heard.body.equals(file)).toBe(true)
  expect([...(await wordsInFiles(sql, [marker])), ...(await wordsInDatabase(sql, [marker]))]).toEqual([])
})

test('an upload that breaks off leaves nothing to hear and no piece of itself', async () => {
  const call = await postCall(organisation.key)
  const socket = connect({ host: '127.0.0.1', port: app.port, servername: app.hostname, ca: app.ca })
  const gone = new Promise((done) => socket.once('close', done))
  const file = wavFile({ seconds: 60 })
  socket.write(
    `PUT /api/v1/calls/${call}/recording HTTP/1.1\r\nHost: ${app.host}\r\nX-API-Key: ${organisation.key}\r\n` +
      `Content-Type: audio/wav\r\nContent-Length: ${file.length}\r\n\r\n`,
  )
  socket.write(file.subarray(0, file.length / 2))
  await expect.poll(() => unfinished().length, 'half of it was on its way').toBeGreaterThan(0)
  socket.destroy()
  await gone
  await expect.poll(unfinished).toEqual([])
  expect(await sql`select id from recording where call_id = ${call}`).toEqual([])
  expect((await hear(call)).status).toBe(404)
  expect((await putRecording(organisation.key, call, file)).status, 'and it may come again').toBe(201)
})

test('a body that says it is larger than any recording is not waited for', async () => {
  const call = await postCall(organisation.key)
  for (const length of ['268435457', '99999999999999', '1e12', '-5']) {
    const answer = await send({
      method: 'PUT',
      path: `/api/v1/calls/${call}/recording`,
      headers: { 'X-API-Key': organisation.key, 'Content-Type': 'audio/wav', 'Content-Length': length },
    }).catch(() => null)
    expect([null, 400, 413], length).toContain(answer?.status ?? null)
  }
  // Other doors keep their own limit.
  const small = await send({
    method: 'POST',
    path: '/api/v1/calls',
    headers: { 'X-API-Key': organisation.key, 'Content-Type': 'application/json' },
    body: Buffer.alloc(1_048_577, 0x20),
  })
  expect(small.status).toBe(413)
})

test('what is no audio does not become one by its name', async () => {
  const page = Buffer.from('<!doctype html><script>alert(document.domain)</script>'.repeat(20))
  for (const [file, type] of [
    [page, 'audio/wav'],
    [page, 'text/html'],
    [Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE'), page]), 'audio/wav'],
    [Buffer.concat([Buffer.from('ID3'), page]), 'audio/mpeg'],
    [mp3File(), 'audio/wav'],
    [wavFile(), 'audio/mpeg'],
    [wavFile(), 'image/svg+xml'],
  ] as const) {
    const call = await postCall(organisation.key)
    const answer = await putRecording(organisation.key, call, file, type)
    expect([answer.status, json(answer)['code']], type).toEqual([415, 'unsupported_type'])
    expect((await hear(call)).status).toBe(404)
  }
})

test('whatever part is asked for, no more leaves than that and nothing breaks', async () => {
  const call = await postCall(organisation.key)
  const file = wavFile({ seconds: 20, marker: 'abcdefghij' })
  await putRecording(organisation.key, call, file)
  for (const range of [
    'bytes=-0',
    'bytes=5-4',
    'bytes=99999999999-',
    'bytes=-',
    'bytes=18446744073709551615-',
    'bytes=0-1,2-3',
    `bytes=${'0-0,'.repeat(400)}0-0`,
    'bytes=0--1',
    'bytes= - ',
  ]) {
    const answer = await hear(call, { Range: range })
    expect([range, answer.status, answer.headers['content-range']]).toEqual([range, 416, `bytes */${file.length}`])
  }
  for (const [range, from, to] of [
    ['bytes=0-0', 0, 1],
    ['bytes=-99999999999', 0, file.length],
    ['bytes=16350-16360', 16_350, 16_361],
    [`bytes=${file.length - 1}-99999999999`, file.length - 1, file.length],
  ] as const) {
    const answer = await hear(call, { Range: range })
    expect([range, answer.status]).toEqual([range, 206])
    expect(answer.body.equals(file.subarray(from, to)), range).toBe(true)
  }
  const head = await hear(call, { Range: 'bytes=0-9' }, 'HEAD')
  expect([head.status, head.body.length, head.headers['content-length']]).toEqual([206, 0, '10'])
  const played = (await auditOf(sql, organisation.id)).filter((one) => one.target === call)
  expect(played.filter(({ action }) => action === 'recording.played')).toHaveLength(1)
})

test('a name cannot lead out of the storage', async () => {
  for (const name of ['..%2f..%2fup.json', '%2e%2e', '..', 'storage', `${randomUUID()}%00`, randomUUID()]) {
    const [heard, put] = [await hear(name), await putRecording(organisation.key, name)]
    expect([400, 404], name).toContain(heard.status)
    // A path of no one spelling is nobody's door, and no such door takes a PUT.
    expect([400, 404, 405], name).toContain(put.status)
    expect(heard.whole).not.toContain('databaseUrl')
  }
})

test('nobody but the organisation’s own people hears it, whatever they hold', async () => {
  const call = await postCall(organisation.key)
  await putRecording(organisation.key, call)
  const other = await ownOrganisation()
  const theirs = await sessionOf(other.owner)
  for (const headers of [{}, { Cookie: theirs }, { 'X-API-Key': organisation.key }, { Cookie: `${cookie}x` }]) {
    const answer = await send({ path: pathOf(call), headers })
    expect([401, 404]).toContain(answer.status)
    expect(answer.body.includes('RIFF')).toBe(false)
  }
  expect((await hear(call)).status, 'they do').toBe(200)
})
