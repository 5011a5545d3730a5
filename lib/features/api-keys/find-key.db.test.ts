import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'

import { hub } from '../../guard/live-hub.ts'
import { pool } from '../../platform/db/pool.ts'
import { superuserSql } from '../../testing/database.ts'
import { testKey, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { plant } from '../../testing/plant.ts'
import { findKey, forgetKeys } from './find-key.ts'
import { newKey } from './key-format.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
let key: string
let id: string
beforeAll(async () => {
  org = await testOrganisation()
})
beforeEach(async () => {
  ;({ key, id } = await testKey(org.id, { scopes: ['calls.view'] }))
  forgetKeys()
})

const revoke = () =>
  plant(sql, org.id, id, (tx) => tx`update api_key set revoked_at = now() where org = ${org.id} and id = ${id}`)

/** Every look-up goes out as a statement of the pool's. */
function watchQueries() {
  return vi.spyOn(pool().sql, 'unsafe')
}

describe('looking a key up', () => {
  test('finds whose it is, what it is for and what it may', async () => {
    expect(await findKey(key)).toEqual({
      id,
      environment: 'live',
      scopes: ['calls.view'],
      organisation: { id: org.id, country: 'NG', masking: true, isSuspended: false },
    })
  })

  test('finds nothing for a key nobody was given', async () => {
    expect(await findKey(newKey('live'))).toBeNull()
  })

  test('asks the database nothing about a text that is no key of ours', async () => {
    const queries = watchQueries()
    const last = key.endsWith('0') ? '1' : '0'
    for (const typed of ['', 'x', key.slice(0, -1), key.slice(0, -1) + last, key.replace('live', 'test'), `${key} `]) {
      expect(await findKey(typed)).toBeNull()
    }
    expect(queries).not.toHaveBeenCalled()
    await findKey(key)
    expect(queries).toHaveBeenCalledOnce()
  })

  test('finds nothing for one that was revoked', async () => {
    await revoke()
    expect(await findKey(key)).toBeNull()
  })

  test('finds nothing for one that has expired, from memory too', async () => {
    const [row] = await sql<{ expires_at: Date }[]>`select expires_at from api_key where org = ${org.id} and id = ${id}`
    const end = new Date(row?.expires_at ?? 0).getTime()
    expect(end - Date.now()).toBeGreaterThan(89 * 24 * 3_600_000)
    expect(await findKey(key, true, end - 1)).not.toBeNull()
    expect(await findKey(key, true, end)).toBeNull()
    forgetKeys()
    expect(await findKey(key, true, end)).toBeNull()
  })

  test('finds nothing when the row is for another environment than the key says', async () => {
    await plant(
      sql,
      org.id,
      id,
      (tx) => tx`update api_key set environment = 'test' where org = ${org.id} and id = ${id}`,
    )
    expect(await findKey(key)).toBeNull()
  })
})

describe('what is remembered of a key', () => {
  test('saves the next look-ups for half a minute and not a moment longer', async () => {
    const queries = watchQueries()
    const now = Date.now()
    await findKey(key, true, now)
    await findKey(key, true, now + 29_999)
    expect(queries).toHaveBeenCalledTimes(1)
    await revoke()
    expect(await findKey(key, true, now + 29_999)).not.toBeNull()
    expect(await findKey(key, true, now + 30_000)).toBeNull()
    expect(queries).toHaveBeenCalledTimes(2)
  })

  test('is gone at once when told to forget', async () => {
    expect(await findKey(key)).not.toBeNull()
    await revoke()
    forgetKeys()
    expect(await findKey(key)).toBeNull()
  })

  test('is gone when anything is heard to have changed', async () => {
    expect(await findKey(key)).not.toBeNull()
    await revoke()
    for (const forget of hub().onForget) forget()
    expect(await findKey(key)).toBeNull()
  })

  test('is not what was on its way when told to forget', async () => {
    const asking = findKey(key)
    forgetKeys()
    await asking
    await revoke()
    expect(await findKey(key)).toBeNull()
  })

  test('is not what another instance of this module had on its way either', async () => {
    await findKey(key)
    vi.resetModules()
    const other = await import('./find-key.ts')
    forgetKeys()
    const asking = other.findKey(key)
    for (const forget of hub().onForget) forget()
    expect(await asking).not.toBeNull()
    await revoke()
    expect(await other.findKey(key)).toBeNull()
  })

  test('counts for nothing while the line that would tell of changes is quiet', async () => {
    expect(await findKey(key)).not.toBeNull()
    await revoke()
    hub().listening = { isHeard: () => false, stop: () => Promise.resolve() }
    expect(await findKey(key)).toBeNull()
    hub().listening = null
  })

  test('never includes that a key is unknown: one made a moment later works', async () => {
    const queries = watchQueries()
    const unknown = newKey('live')
    await findKey(unknown)
    await findKey(unknown)
    expect(queries).toHaveBeenCalledTimes(2)
  })

  test('is all that is asked for somebody who has tried too many wrong ones', async () => {
    expect(await findKey(key, false)).toBeNull()
    await findKey(key)
    expect(await findKey(key, false)).toMatchObject({ id })
  })
})
