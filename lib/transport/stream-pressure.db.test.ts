import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { GET as openStream } from '../../app/api/app/o/[org]/stream/route.ts'
import { hub } from '../guard/live-hub.ts'
import { newId } from '../kernel/ids.ts'
import { testOrganisation, type TestOrganisation } from '../testing/organisation.ts'
import { testSession } from '../testing/session-cookie.ts'
import { startHearing } from './system.ts'

let org: TestOrganisation
let cookie: string
let stopHearing: (() => Promise<void>) | undefined
beforeAll(async () => {
  org = await testOrganisation()
  ;({ cookie } = await testSession(org.agent))
  stopHearing = await startHearing('orinode_web')
  // What listens for the whole process begins with the first window.
  await (await open()).cancel()
})
afterAll(() => stopHearing?.())

async function open(): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const request = new Request(`https://localhost:8443/api/app/o/${org.slug}/stream`, { headers: { cookie } })
  const answer = await openStream(request, { params: Promise.resolve({ org: org.slug }) })
  const reader = answer.body?.getReader()
  if (!reader) throw new Error(`no stream: ${answer.status}`)
  return reader
}
const tell = (times: number): void => {
  for (let call = 0; call < times; call += 1)
    for (const hear of hub().onLive) hear({ org: org.id, kind: 'call', id: newId() })
}
const listeners = (): number => hub().onLive.size

test('a window that stopped reading is let go before it fills our memory, and hears how far it came', async () => {
  const before = listeners()
  const reader = await open()
  expect(listeners()).toBe(before + 1)
  tell(1_000)
  expect(listeners()).toBe(before)
  let heard = 0
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) heard += 1
  expect(heard).toBeGreaterThan(150)
  expect(heard).toBeLessThan(300)
})

test('one that reads hears everything, however much it is', async () => {
  const before = listeners()
  const reader = await open()
  let calls = 0
  const text = new TextDecoder()
  const reading = (async () => {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read())
      calls += text.decode(piece.value, { stream: true }).split('event: call').length - 1
  })()
  for (let round = 1; round <= 20; round += 1) {
    tell(100)
    await vi.waitFor(() => expect(calls).toBe(round * 100))
  }
  expect(listeners()).toBe(before + 1)
  await reader.cancel()
  await reading
  expect(listeners()).toBe(before)
})

test('a place is free again once such a window was let go', async () => {
  for (let round = 0; round < 3; round += 1) {
    await Promise.all(Array.from({ length: 12 }, open))
    tell(1_000)
  }
  const last = await open()
  expect(last).toBeDefined()
  await last.cancel()
})
