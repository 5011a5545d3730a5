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
  await vi.waitFor(() => expect(forget).toHaveBeenCalledTimes(1))
  expect(lookAgain).not.toHaveBeenCalled()
  await tell({ kind: 'member' })
  await vi.waitFor(() => expect(lookAgain).toHaveBeenCalledWith(null))
  expect(forget).toHaveBeenCalledTimes(2)
})
