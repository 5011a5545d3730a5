import { MigrationMismatch } from '../platform/db/migrate.ts'
import { SettingError } from '../platform/env.ts'
import { EmbeddedDatabaseError } from '../platform/embedded-database/failure.ts'
import { type Undo, run } from './up/run.ts'
import { Refusal } from './up/steps.ts'

const leaving = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => leaving.abort())

// Whoever started us is gone, perhaps by kill -9: leave in good order rather than stay behind.
const starter = process.ppid
setInterval(() => process.ppid === starter || leaving.abort(), 500).unref()

const undo: Undo = []
try {
  await run(undo, leaving.signal)
} catch (error) {
  if (!leaving.signal.aborted) {
    process.exitCode = 1
    process.stdout.write(inWords(error))
  }
}
if (leaving.signal.aborted) process.stdout.write('\n  Stopping…\n')
for (const step of undo.toReversed()) {
  try {
    await step()
  } catch (error) {
    process.exitCode = 1
    process.stdout.write(inWords(error))
  }
}
if (leaving.signal.aborted) process.stdout.write('  Everything has stopped; nothing is lost.\n')
process.exit()

function inWords(error: unknown): string {
  if (error instanceof Refusal || error instanceof EmbeddedDatabaseError)
    return `\n  ${error.message}\n  ${error.advice}\n\n`
  if (error instanceof SettingError || error instanceof MigrationMismatch) return `\n  ${error.message}\n\n`
  return `\n  ${error instanceof Error ? `${error.name}: ${error.message}` : 'Something went wrong.'}\n  If starting again does not help, the logs folder of the home may.\n\n`
}
