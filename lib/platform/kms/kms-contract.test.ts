import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll } from 'vitest'

import { kmsContract } from './kms-contract.ts'
import { localKms } from './local.ts'

const folder = mkdtempSync(join(tmpdir(), 'orinode-kms-'))
afterAll(() => rmSync(folder, { recursive: true }))

kmsContract('local', () =>
  localKms({ path: join(folder, 'keys.json'), tenantKeysExist: false, production: false, allowLocal: false }),
)
