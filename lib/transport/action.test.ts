import { beforeEach, expect, test, vi } from 'vitest'

const asked = new Headers()
vi.mock('next/headers.js', () => ({ headers: () => Promise.resolve(asked), cookies: () => Promise.resolve(new Map()) }))
const { action } = await import('./action.ts')
const { signOut } = await import('../features/identity/index.ts')
const { doorOf } = await import('./door.ts')

beforeEach(() => {
  for (const name of ['origin', 'sec-fetch-site']) asked.delete(name)
})

test('an action without our Origin is refused before anybody is looked up, though Next would run it', async () => {
  for (const origin of [undefined, 'null', 'https://evil.example']) {
    if (origin) asked.set('origin', origin)
    expect(await action(signOut)({}, null)).toMatchObject({ ok: false, code: 'wrong_origin' })
  }
})

test('with it, somebody who is not signed in is told so, with the id of the request', async () => {
  asked.set('sec-fetch-site', 'same-origin')
  const answer = await action(signOut)({}, null)
  expect(answer).toMatchObject({ ok: false, code: 'auth_required' })
  expect(answer.ok ? '' : answer.requestId).toMatch(/^[0-9a-f-]{36}$/)
})

test('an action is a door that the surface test can read', () => {
  expect(doorOf(action(signOut))).toMatchObject({ kind: 'action', useCase: { name: 'identity.sign-out' } })
})
