import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { onTestFinished } from 'vitest'

import { localKms } from '../platform/kms/local.ts'
import type { Kms } from '../platform/kms/port.ts'
import { isVaultError } from '../vault/vault-error.ts'

/** The real local adapter on a file of its own; the tests fake nothing but its answers. */
export function temporaryKms(): Kms {
  const folder = mkdtempSync(join(tmpdir(), 'orinode-kms-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return localKms({ path: join(folder, 'keys.json'), tenantKeysExist: false, production: false, allowLocal: false })
}

export function refusalOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (isVaultError(error)) return error.kind
    throw error
  }
  return 'accepted'
}
