import { createServer, connect as dial } from 'node:net'

import { expect, test } from 'vitest'

import { ensureTestDatabase } from '../../testing/database.ts'
import { isUnavailable } from './database-error.ts'
import { isLostTypeQuery } from './lost-type-query.ts'
import { openPool } from './pool.ts'
import { readAsOrganisation } from './transaction.ts'
import { newId } from '../../kernel/ids.ts'

test('a connection lost while the driver asks for types rejects where nobody listens, and is known for what it is', async () => {
  const to = new URL((await ensureTestDatabase()).superuserUrl)
  const server = createServer((near) => {
    const far = dial({ host: to.hostname, port: Number(to.port) })
    for (const one of [near, far]) one.on('error', () => {})
    near.on('data', (bytes) => (bytes.includes('pg_type') ? near.resetAndDestroy() : far.write(bytes)))
    far.on('data', (bytes) => near.write(bytes))
    near.on('close', () => far.destroy())
  })
  const { promise: listening, resolve } = Promise.withResolvers<undefined>()
  server.listen(0, '127.0.0.1', () => resolve(undefined))
  await listening
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const unheard = new Promise((told) => process.once('unhandledRejection', told))
  const narrow = openPool('orinode_web', 1, { host: '127.0.0.1', port })
  const asked = readAsOrganisation(newId<'organisation'>(), () => [], narrow).catch((error: unknown) => error)
  expect(isLostTypeQuery(await unheard)).toBe(true)
  expect(isUnavailable(await asked), 'whoever asked is told by the pool').toBe(true)
  await narrow.sql.end({ timeout: 0 })
  server.close()
})

test.each([
  ['a mistake of ours', new Error('no')],
  ['nothing', undefined],
  ['another query that was lost', Object.assign(new Error('x'), { query: 'select 1', code: 'ECONNRESET' })],
  ['the types, refused', Object.assign(new Error('x'), { query: 'select from pg_catalog.pg_type', code: '42501' })],
])('%s is not it', (_, error) => {
  expect(isLostTypeQuery(error)).toBe(false)
})
