import { join } from 'node:path'

import { commandSettings } from '../../platform/env-commands.ts'
import { settings } from '../../platform/env.ts'
import { openHome, type Home } from '../../platform/home/home.ts'
import { announcement } from './announce.ts'
import { holdBuild, isBuilt } from './build.ts'
import { origins, webEnvironment, workEnvironment } from './child-environment.ts'
import { bringUpToDate, type Database, openDatabase } from './database.ts'
import { lastLines, startLeashed } from './leashed-process.ts'
import { refuseBusyPort, waitUntilReady } from './ready.ts'
import { endLeftovers, recordGone, recordLeaving, recordRun, takeHome } from './run-record.ts'
import { Refusal, step } from './steps.ts'
import { type Supervised, supervise } from './supervise.ts'
import { atAddress, Cast, nobody, writeUpFile } from './up-file.ts'

const root = join(import.meta.dirname, '../../..')

/** What has to be undone at the end, last first. */
export type Undo = (() => void | Promise<void>)[]

/** Brings everything up and stays until it is told to leave or something cannot be kept running. */
export async function run(undo: Undo, leaving: AbortSignal): Promise<void> {
  const { ORINODE_HOME, HOST, PORT } = settings()
  const given = commandSettings().DATABASE_URL
  const [url = ''] = origins()
  const home = await step('home, certificates, secrets', () => openHome(ORINODE_HOME))
  const lock = await takeHome(home.folder)
  undo.push(() => lock.release())
  await endLeftovers(home.folder)
  await refuseBusyPort(HOST, PORT)

  const running: Supervised[] = []
  const note = (): void =>
    recordRun(
      home.folder,
      url,
      running.map(({ pid }) => pid),
    )
  note()
  undo.push(() => recordGone(home.folder))

  const database = await openDatabase(home, given, note)
  undo.push(async () => await database.server?.stop())
  leaving.throwIfAborted()
  await step('migrations', () => bringUpToDate(database, home.rolesFile))
  leaving.throwIfAborted()
  const cast = database.isEmbedded ? await step('demo cast', () => plantCast(home, database, leaving)) : nobody
  const build = await step(isBuilt(root) ? 'build (already made)' : 'build', () =>
    holdBuild(root, join(home.logs, 'build.log'), leaving),
  )
  undo.push(() => build.release())

  undo.push(async () => {
    recordLeaving(home.folder)
    await Promise.all(running.map((one) => one.stop()))
  })
  await step('front server and worker', async () => {
    for (const [name, env] of [
      ['web', webEnvironment(home, database.hostUrl)],
      ['worker', workEnvironment(home, database.hostUrl)],
    ] as const) {
      leaving.throwIfAborted()
      running.push(await keepRunning(home, name, env, note))
      note()
    }
    await Promise.race([
      waitUntilReady(url, home.certificates.caFile, leaving),
      ...running.map(({ givenUp }) => givenUp),
    ])
  })

  const up = {
    url,
    caFile: home.certificates.caFile,
    ...atAddress(cast, url),
    ...(database.isEmbedded ? { databaseUrl: database.migratingUrl } : {}),
  }
  writeUpFile(home.upFile, up)
  process.stdout.write(`${announcement(up, home.folder)}\n`)
  const kept = database.server ? [...running, database.server] : running
  await Promise.race([untilLeaving(leaving), ...kept.map(({ givenUp }) => givenUp)])
}

async function keepRunning(
  home: Home,
  name: 'web' | 'worker',
  env: Record<string, string>,
  onRestart: () => void,
): Promise<Supervised> {
  const logFile = join(home.logs, `${name}.log`)
  const words = [join(root, `lib/processes/${name}.ts`)]
  const start = () => Promise.resolve(startLeashed({ words, cwd: root, env, logFile }))
  return await supervise({ name, start, onRestart, lastWords: () => lastLines(logFile) })
}

async function plantCast(home: Home, database: Database, leaving: AbortSignal): Promise<Cast> {
  const logFile = join(home.logs, 'seed.log')
  const env = workEnvironment(home, database.hostUrl)
  const seed = startLeashed({ words: [join(import.meta.dirname, 'plant-cast.ts')], cwd: root, env, logFile })
  const stop = (): void => void seed.stop().catch(() => {})
  leaving.addEventListener('abort', stop, { once: true })
  const { code } = await seed.exited
  leaving.removeEventListener('abort', stop)
  leaving.throwIfAborted()
  const answer = Cast.safeParse(seed.said.at(-1))
  if (code !== 0 || !answer.success) {
    throw new Refusal(`The demo cast could not be planted:\n\n${lastLines(logFile)}\n`, `All of it is in ${logFile}`)
  }
  return answer.data
}

function untilLeaving(leaving: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (leaving.aborted) resolve()
    else leaving.addEventListener('abort', () => resolve(), { once: true })
  })
}
