import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { blankVersion } from '../../front/blank-version.ts'
import { systemEnvironment } from '../../platform/env-commands.ts'
import { holdShared, tryLock, type HeldLock } from '../../platform/home/held-lock.ts'
import { lastLines, startLeashed } from './leashed-process.ts'
import { remark, Refusal } from './steps.ts'

const inputs = ['app/**', 'components/**', 'lib/**', 'drizzle/schema/**', 'public/**', '*.{js,mjs,ts,json}', '.nvmrc']

/**
 * A build of exactly these sources, made once and shared by every `up` of this checkout. The lock that
 * comes back is held for as long as something is served from it, so that nobody rebuilds underneath.
 */
export async function holdBuild(root: string, logFile: string, leaving: AbortSignal): Promise<HeldLock> {
  const lockFile = join(root, 'node_modules/.orinode-build.lock')
  const wanted = sourceHash(root)
  let refusals = 0
  for (let round = 0; ; round += 1) {
    const shared = holdShared(lockFile)
    if (shared && builtHash(root) === wanted) return shared
    shared?.release()
    const alone = tryLock(lockFile)
    if (alone) {
      try {
        await build(root, logFile, wanted, leaving)
      } finally {
        alone.release()
      }
      continue
    }
    // Shared but not alone: the old build is being served. Neither: somebody is building.
    refusals = shared ? refusals + 1 : 0
    if (refusals > 20) {
      throw new Refusal(
        'The sources have changed, and another `up` of this folder is still serving the earlier build.',
        'Stop that one first: the build they share would change under it.',
      )
    }
    if (round === 0 && !shared) remark('another command is building; waiting for it')
    await sleep(250, undefined, { signal: leaving })
  }
}

/** Whether `up` would have to build first. */
export const isBuilt = (root: string): boolean => builtHash(root) === sourceHash(root)

const hashFile = (root: string): string => join(root, '.next/orinode-build-hash')

function builtHash(root: string): string | undefined {
  return existsSync(hashFile(root)) ? readFileSync(hashFile(root), 'utf8') : undefined
}

function sourceHash(root: string): string {
  const hash = createHash('sha256').update(process.version)
  const files = globSync(inputs, { cwd: root, exclude: ['node_modules', '.next'], withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(?:test\.ts|md)$|tsbuildinfo$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  for (const file of files.toSorted()) hash.update(`\0${file}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

async function build(root: string, logFile: string, wanted: string, leaving: AbortSignal): Promise<void> {
  for (const file of [hashFile(root), join(root, '.next/BUILD_ID')]) rmSync(file, { force: true })
  rmSync(logFile, { force: true })
  const next = startLeashed({
    words: [join(root, 'node_modules/next/dist/bin/next'), 'build'],
    cwd: root,
    env: { ...systemEnvironment(), NEXT_TELEMETRY_DISABLED: '1' },
    logFile,
    isOurs: false,
  })
  const stop = (): void => void next.stop().catch(() => {})
  leaving.addEventListener('abort', stop, { once: true })
  const { code } = await next.exited
  leaving.removeEventListener('abort', stop)
  leaving.throwIfAborted()
  if (code !== 0)
    throw new Refusal(`The app could not be built:\n\n${whatFailed(logFile)}\n`, `All of it is in ${logFile}`)
  blankVersion(join(root, '.next'))
  writeFileSync(hashFile(root), wanted)
}

/** A build ends with its warnings; what stopped it stands above them. */
function whatFailed(logFile: string): string {
  const lines = lastLines(logFile, 2000).split('\n')
  const first = lines.findIndex((line) => /\berror\b|^Failed/i.test(line))
  return (first === -1 ? lines.slice(-20) : lines.slice(Math.max(0, first - 2), first + 12)).join('\n')
}
