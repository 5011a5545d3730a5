import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { migrate } from '../../lib/platform/db/migrate.ts'
import { closePools } from '../../lib/platform/db/pool.ts'
import { startEmbeddedDatabase } from '../../lib/platform/embedded-database/start.ts'

export interface Stage {
  superuserUrl: string
  end(): Promise<void>
}

/** A durable database of its own in a temporary home, and this process set up as the web process would be. */
export async function openStage(): Promise<Stage> {
  const home = mkdtempSync(join(tmpdir(), 'orinode-bench-'))
  mkdirSync(join(home, 'kms'), { mode: 0o700 })
  const { chmodSync } = await import('node:fs')
  chmodSync(home, 0o711)
  const database = await startEmbeddedDatabase({ home })
  const rolesFile = join(home, 'roles.json')
  await migrate({ url: database.superuserUrl, rolesFile })
  Object.assign(process.env, {
    ORINODE_HOME: home,
    DATABASE_HOST_URL: database.hostUrl,
    ROLES_FILE: rolesFile,
    KMS_KEY_FILE: join(home, 'kms/keys.json'),
    ALLOW_LOCAL_KMS: '1',
  })
  return {
    superuserUrl: database.superuserUrl,
    async end() {
      await closePools()
      await database.remove()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

export interface Result {
  name: string
  ratio: number
  target: string
  isMet: boolean
  figures: Record<string, number | string>
}

/** The one line every bench ends with, and its file for programs. */
export function report({ name, ratio, target, isMet, figures }: Result): void {
  const folder = join(import.meta.dirname, '../results')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, `${name}.json`),
    `${JSON.stringify({ name, ratio, target, isMet, figures, at: new Date().toISOString() }, null, 2)}\n`,
  )
  console.log(
    Object.entries(figures)
      .map(([key, value]) => `  ${key}: ${value}`)
      .join('\n'),
  )
  console.log(`${name} ratio=${ratio.toFixed(2)} target=${target} ${isMet ? 'met' : 'short'}`)
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
