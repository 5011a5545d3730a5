import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { superuserSql } from '../testing/database.ts'
import { hub, startHearing } from './live-hub.ts'

const sql = superuserSql()
let stopHearing: (() => Promise<void>) | undefined
beforeAll(async () => {
  stopHearing = await startHearing('orinode_web')
})
afterAll(async () => {
  await stopHearing?.()
  await sql.end()
})

const tell = (what: object) => sql`select pg_notify('orinode_access', ${JSON.stringify(what)})`

test('a key withdrawn anywhere is forgotten, and no window looks again for it; what concerns everybody does both', async () => {
  const forget = vi.fn<() => void>()
  const lookAgain = vi.fn<(whose: string | null) => void>()
  hub().onForget.add(forget)
  hub().onRecheck.add(lookAgain)
  await tell({ kind: 'keys', organisation: crypto.randomUUID() })
  // A line that was quiet for a second, as on a busy machine, does both as well.
  const looked = () => lookAgain.mock.calls.filter(([whose]) => whose === null).length
  const forgottenAlone = () => forget.mock.calls.length - looked()
  await vi.waitFor(() => expect(forgottenAlone()).toBe(1))
  const before = looked()
  await tell({ kind: 'member' })
  await vi.waitFor(() => expect(looked()).toBeGreaterThan(before))
  expect(forgottenAlone()).toBe(1)
})
