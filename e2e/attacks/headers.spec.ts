import { globSync } from 'node:fs'
import { request as plainRequest } from 'node:http'
import { connect } from 'node:tls'

import { expect, test } from '@playwright/test'

import { isConsole, pathOf, visitPage } from '../support/door-paths.ts'
import { doors } from '../support/doors.ts'
import { openStream } from '../support/live-stream.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { faults, promised } from '../support/response-heads.ts'
import { adminPath, app, root } from '../support/running-app.ts'
import { postCall, sampleCall } from '../support/sample-call.ts'
import { type Answer, ask, freshAddress, send } from '../support/send.ts'
import { ourPages, postSignIn, sessionOf } from '../support/session.ts'

let organisation: Organisation
let call: string
let cookie: string
test.beforeAll(async () => {
  organisation = await ownOrganisation()
  call = await postCall(organisation.key, { transcript: [{ role: 'agent', text: 'Good day', at_ms: 0 }] })
  cookie = await sessionOf(organisation.owner)
})

test('the check of heads sees what is missing', () => {
  const good = [
    ...Object.entries(promised),
    ['Content-Security-Policy', "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"],
    ['X-Request-Id', 'x'],
  ].flat()
  expect(faults(good)).toEqual([])
  for (let at = 0; at < good.length; at += 2) expect(faults(good.toSpliced(at, 2)), good[at]).toHaveLength(1)
  for (const [name, value] of [
    ['X-Powered-By', 'Next.js'],
    ['Via', 'x'],
    ['Set-Cookie', '__Host-a=b; Path=/; Secure; HttpOnly'],
    ['Set-Cookie', 'a=b; Path=/; Secure; HttpOnly; SameSite=Lax'],
    ['Server', 'Orinode'],
    ['Cache-Control', 'node'],
  ]) {
    expect(faults([...good, name ?? '', value ?? '']), name).not.toEqual([])
  }
})

const statuses = new Set<number>()
const found: string[] = []
async function check(what: string, asked: Promise<Answer>): Promise<Answer> {
  const answer = await asked
  statuses.add(answer.status)
  for (const fault of faults(answer.rawHeaders)) found.push(`${what} → ${answer.status}: ${fault}`)
  if (answer.status >= 500) found.push(`${what} → ${answer.status}`)
  return answer
}
test.afterEach(() => expect(found.splice(0)).toEqual([]))

test('every door, in every form, for strangers, members and machines, carries the promised headers', async () => {
  for (const door of doors()) {
    const path = isConsole(door) ? adminPath() : pathOf(door.pattern, { organisation, call })
    const what = door.pattern
    if (door.kind === 'page') {
      for (const who of ['', cookie])
        for (const { form, answer, first } of await visitPage(path, who)) {
          await check(`${what} ${form}`, Promise.resolve(answer))
          await check(`${what} ${form}, first`, Promise.resolve(first))
        }
    }
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']) {
      if (door.pattern.endsWith('/stream') && method === 'GET') continue
      await check(`${method} ${what} by a stranger`, send({ method, path }))
      if (!door.pattern.startsWith('/api/auth/'))
        await check(`${method} ${what} by a member`, send({ method, path, headers: { ...ourPages, Cookie: cookie } }))
      await check(
        `${method} ${what} by a machine`,
        ask(organisation.key, method, path, method === 'POST' ? sampleCall() : undefined),
      )
    }
  }
  const stream = await openStream(`/api/app/o/${organisation.slug}/stream`, cookie)
  expect(stream.status).toBe(200)
  stream.close()
  const lines = stream.heard().split('\n').slice(0, -1)
  for (const [name, value] of Object.entries(promised))
    expect(lines.map((line) => line.toLowerCase())[lines.indexOf(value) - 1], name).toBe(name)
})

test('every static file carries them, also when it has not changed', async () => {
  const files = globSync('**/*.*', { cwd: `${root}/.next/static` }).map((file) => `/_next/static/${file}`)
  expect(files.length).toBeGreaterThan(10)
  for (const file of files) {
    const answer = await check(file, send({ path: file, headers: { 'Accept-Encoding': 'gzip, br' } }))
    expect([file, answer.status]).toEqual([file, 200])
    expect(answer.headers['content-type'], file).toMatch(
      /^(?:application\/javascript|text\/javascript|text\/css|font\/|image\/|text\/plain|application\/json)/,
    )
    expect(answer.body.toString('latin1'), file).not.toMatch(/sourceMappingURL=/)
    const etag = answer.headers['etag']
    if (etag !== undefined) await check(`${file} again`, send({ path: file, headers: { 'If-None-Match': etag } }))
  }
  for (const [header, value] of [
    ['If-Modified-Since', new Date(Date.now() + 86_400_000).toUTCString()],
    ['Range', 'bytes=0-9'],
    ['Range', 'bytes=99999999-'],
  ] as const) {
    await check(`${header} ${value}`, send({ path: files[0] ?? '', headers: { [header]: value } }))
  }
})

test('every kind of refusal carries them', async () => {
  const from = freshAddress()
  const wrong = { email: organisation.agent.email, password: 'wrong' }
  for (let attempt = 0; attempt < 6; attempt += 1) await check('sign-in', postSignIn(wrong, { from }))
  await check('sign-in, JSON', postSignIn(wrong, { from, headers: { Accept: 'application/json' } }))
  const signedIn = await check('sign-in, right', postSignIn(organisation.agent))
  await check(
    'sign-out',
    send({
      method: 'POST',
      path: '/api/auth/signout',
      headers: { ...ourPages, Cookie: signedIn.cookies[0]?.split(';')[0] ?? '' },
    }),
  )
  await check('foreign host', send({ path: '/', headers: { Host: 'evil.example' } }))
  await check('foreign origin', send({ method: 'POST', path: '/sign-in', headers: { Origin: 'https://evil.example' } }))
  await check('too large', ask(organisation.key, 'POST', '/api/v1/calls', `"${'x'.repeat(1_100_000)}"`))
  await check('wrong type', ask(organisation.key, 'POST', '/api/v1/calls', '{}', { 'Content-Type': 'text/plain' }))
  await check('bad JSON', ask(organisation.key, 'POST', '/api/v1/calls', '{'))
  await check('key in query', ask(organisation.key, 'GET', '/api/v1/calls?api_key=x'))
  await check('wrong key', ask('ori_live_wrong', 'GET', '/api/v1/calls', undefined, { from }))
  await check(
    'other body',
    ask(organisation.key, 'POST', '/api/v1/calls', sampleCall(), { 'Idempotency-Key': 'headers-1' }),
  )
  await check(
    'other body',
    ask(organisation.key, 'POST', '/api/v1/calls', sampleCall(), { 'Idempotency-Key': 'headers-1' }),
  )
  await check('no such call', ask(organisation.key, 'GET', '/api/v1/calls/01920000-0000-7000-8000-000000000000'))
  await check(
    'upgrade',
    send({
      path: '/',
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Version': '13',
      },
    }),
  )
  await check('expectation', send({ method: 'POST', path: '/sign-in', headers: { Expect: 'cake' } }))
  await check('long path', send({ path: `/${'x'.repeat(9_000)}` }))
  await check('nowhere', send({ path: '/nowhere' }))
  await check('another verb', send({ method: 'PUT', path: '/sign-in' }))
  await check('signed out', send({ path: '/o' }))
  await check('well', send({ path: '/api/health/live' }))
  expect([...statuses].toSorted((one, other) => one - other)).toEqual(
    expect.arrayContaining([200, 201, 303, 307, 400, 401, 403, 404, 405, 413, 415, 417, 421, 422, 429]),
  )
})

/** Bytes as they are, over TLS. */
function raw(bytes: string): Promise<string> {
  return new Promise((done, failed) => {
    let heard = ''
    const socket = connect({ host: '127.0.0.1', port: app.port, servername: app.hostname, ca: app.ca }, () =>
      socket.write(bytes),
    )
    socket.setTimeout(15_000, () => socket.destroy(new Error('never answered')))
    socket.on('data', (piece: Buffer) => (heard += piece.toString('latin1')))
    socket.on('close', () => done(heard))
    socket.on('error', failed)
  })
}

const malformed: Record<string, string> = {
  'no HTTP at all': 'hello there\r\n\r\n',
  'no host': 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n',
  'two hosts': `GET / HTTP/1.1\r\nHost: ${app.host}\r\nHost: ${app.host}\r\nConnection: close\r\n\r\n`,
  'an absolute target': `GET https://evil.example/ HTTP/1.1\r\nHost: ${app.host}\r\nConnection: close\r\n\r\n`,
  'a tunnel': `CONNECT evil.example:443 HTTP/1.1\r\nHost: ${app.host}\r\n\r\n`,
  'two lengths': `POST /sign-in HTTP/1.1\r\nHost: ${app.host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
  'length and chunks': `POST /sign-in HTTP/1.1\r\nHost: ${app.host}\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  'a bad chunk': `POST /sign-in HTTP/1.1\r\nHost: ${app.host}\r\nOrigin: ${app.origin}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n`,
  'a NUL in the path': `GET /\0 HTTP/1.1\r\nHost: ${app.host}\r\n\r\n`,
  'a header without a name': `GET / HTTP/1.1\r\nHost: ${app.host}\r\n: x\r\n\r\n`,
  'an unknown version': `GET / HTTP/3.7\r\nHost: ${app.host}\r\n\r\n`,
  'headers that are too long': `GET / HTTP/1.1\r\nHost: ${app.host}\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
  'an old version': `GET / HTTP/1.0\r\nHost: ${app.host}\r\n\r\n`,
}

for (const [title, bytes] of Object.entries(malformed)) {
  test(`a request with ${title} is answered in the same dress`, async () => {
    const [head = ''] = (await raw(bytes)).split('\r\n\r\n')
    const [line = '', ...lines] = head.split('\r\n')
    expect(line).toMatch(/^HTTP\/1\.[01] (?:200|4\d\d) /)
    expect(
      faults(lines.flatMap((one) => [one.slice(0, one.indexOf(':')), one.slice(one.indexOf(':') + 1).trim()])),
    ).toEqual([])
  })
}

function handshake(options: {
  minVersion?: 'TLSv1' | 'TLSv1.2' | 'TLSv1.3'
  maxVersion?: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'
  ca?: Buffer
}): Promise<string> {
  return new Promise((done) => {
    const socket = connect(
      { host: '127.0.0.1', port: app.port, servername: app.hostname, ca: app.ca, ...options },
      () => {
        done(socket.getProtocol() ?? 'none')
        socket.destroy()
      },
    )
    socket.on('error', (error: NodeJS.ErrnoException) => done(`refused: ${error.code ?? error.message}`))
  })
}

test('only TLS 1.3 is spoken, with a certificate of our own authority', async () => {
  expect(await handshake({})).toBe('TLSv1.3')
  expect(await handshake({ maxVersion: 'TLSv1.2' })).toMatch(/^refused: .*PROTOCOL_VERSION/)
  expect(await handshake({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1' })).toMatch(/^refused/)
  expect(await handshake({ ca: Buffer.from('') })).toMatch(/^refused/)
  const plain = await new Promise<string>((done) => {
    const asking = plainRequest({ host: '127.0.0.1', port: app.port, path: '/' }, ({ statusCode }) =>
      done(String(statusCode)),
    )
    asking.on('error', () => done('refused'))
    asking.end()
  })
  expect(plain, 'and nothing without TLS').toBe('refused')
})

test('a page’s policy lets run what carries its nonce, and each answer has its own', async () => {
  const nonces = new Set<string>()
  for (const path of ['/', '/sign-in', `/o/${organisation.slug}/calls`]) {
    for (let again = 0; again < 3; again += 1) {
      const { headers, text } = await send({
        path,
        headers: { Cookie: cookie, 'Content-Security-Policy': "script-src 'nonce-guess'", 'X-Nonce': 'guess' },
      })
      const nonce =
        /script-src 'nonce-([^']+)' 'strict-dynamic'/.exec(headers['content-security-policy'] ?? '')?.[1] ?? ''
      expect(Buffer.from(nonce, 'base64').length).toBeGreaterThanOrEqual(16)
      nonces.add(nonce)
      for (const [tag] of text.matchAll(/<script\b[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`)
      expect(text).not.toMatch(/\son[a-z]+="|\sstyle="|javascript:/i)
      expect(headers['cache-control']).toBe('no-store')
    }
  }
  expect(nonces.size).toBe(9)
})
