import { randomUUID } from 'node:crypto'

import { afterAll, afterEach, expect, test, vi } from 'vitest'

import { superuserSql } from '../../testing/database.ts'
import { type Channel, notify } from './notify.ts'
import { pool } from './pool.ts'

const sql = superuserSql()
afterEach(() => vi.restoreAllMocks())
afterAll(() => sql.end())

/** What is heard on a channel with this id, from now on. */
async function hearing(channel: Channel, id: string): Promise<string[]> {
  const heard: string[] = []
  await sql.listen(channel, (payload) => {
    if (payload.includes(id)) heard.push(payload)
  })
  return heard
}

const cannotSay = (times: number) => {
  const said = vi.spyOn(pool().sql, 'unsafe')
  for (let at = 0; at < times; at += 1) {
    said.mockImplementationOnce(() => {
      throw new Error('away')
    })
  }
  return said
}

test('a right taken away is said again while the database cannot be told; what is only news is not', async () => {
  const id = randomUUID()
  const [access, live] = [await hearing('orinode_access', id), await hearing('orinode_live', id)]
  cannotSay(2)
  notify('orinode_live', { id, at: 'first' })
  notify('orinode_access', { id })
  await vi.waitFor(() => expect(access).toEqual([JSON.stringify({ id })]), { timeout: 5_000 })
  notify('orinode_live', { id, at: 'second' })
  await vi.waitFor(() => expect(live).toEqual([JSON.stringify({ id, at: 'second' })]), { timeout: 5_000 })
})

test('one that can never be said is given up after a few tries', async () => {
  const said = cannotSay(100)
  vi.useFakeTimers()
  try {
    notify('orinode_access', { id: randomUUID() })
    await vi.advanceTimersByTimeAsync(60_000)
  } finally {
    vi.useRealTimers()
  }
  expect(said).toHaveBeenCalledTimes(4)
})
