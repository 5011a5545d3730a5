import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { newId } from '../../kernel/ids.ts'
import { setProcessRole } from '../../platform/db/pool.ts'
import { settings } from '../../platform/env.ts'
import { superuserSql } from '../../testing/database.ts'
import { runAs, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { deleteRecording, sweepStrays } from './index.ts'
import { objectsOf, storedCall } from './recordings.test-support.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation()
})

const hour = 3_600_000
const age = (path: string, ms: number): void => {
  const then = new Date(Date.now() - ms)
  utimesSync(path, then, then)
}
const planted = (folder: string, ms: number, name: string = newId()): string => {
  const path = join(settings().ORINODE_HOME, 'storage', folder)
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, name), 'sealed')
  age(join(path, name), ms)
  return join(path, name)
}

test('what no row leads to goes, and nothing else does', async () => {
  await storedCall(org)
  const [kept = ''] = objectsOf(org)
  const id = await storedCall(org)
  const [deleted = ''] = objectsOf(org).filter((path) => path !== kept)
  await runAs(deleteRecording, org.owner.actor, { id })
  for (const path of [kept, deleted]) age(path, 30 * 24 * hour)
  const young = planted(org.id, hour / 2)
  const gone = [planted(org.id, 2 * hour), planted(newId(), 2 * hour), planted('unfinished', 2 * hour), deleted]
  const others = [planted('unfinished', hour / 2), planted('.', 2 * hour, 'not-ours'), planted(org.id, 2 * hour, 'x')]
  setProcessRole('orinode_worker')
  await sweepStrays()
  setProcessRole('orinode_web')
  expect(gone.filter((path) => existsSync(path))).toEqual([])
  expect([kept, young, ...others].filter((path) => !existsSync(path))).toEqual([])
})

test('a look at fewer rows than there are sweeps nothing: it raises', async () => {
  await storedCall(org)
  const stray = planted(org.id, 2 * hour)
  await sql`alter function recording_strays(uuid[], uuid[]) owner to orinode_owner`
  setProcessRole('orinode_worker')
  try {
    await expect(sweepStrays()).rejects.toMatchObject({ sqlstate: '42501' })
  } finally {
    setProcessRole('orinode_web')
    await sql`alter function recording_strays(uuid[], uuid[]) owner to orinode_reach`
  }
  expect(existsSync(stray)).toBe(true)
  await expect(sweepStrays(), 'and the web process may not ask').rejects.toMatchObject({ sqlstate: '42501' })
})
