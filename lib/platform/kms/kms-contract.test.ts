import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, expect, test } from 'vitest'

import { kmsContract } from '../../testing/kms-contract.ts'
import { localKms } from './local.ts'

const folder = mkdtempSync(join(tmpdir(), 'orinode-kms-'))
afterAll(() => rmSync(folder, { recursive: true }))

let served = 0
kmsContract('local', () => {
  served += 1
  return localKms({ path: join(folder, 'keys.json'), tenantKeysExist: false, production: false, allowLocal: false })
})

test('each of the contract’s 19 cases asked for a key service of its own', () => {
  expect(served).toBe(19)
})
