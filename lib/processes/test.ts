import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type Counts, inWords, playwrightCounts, sum, vitestCounts } from './check/counts.ts'
import { runChecks, vitest } from './check/run-checks.ts'
import { endTools, runTool } from './check/tool.ts'
import { wholeSeconds } from './up/seconds.ts'

const minute = 60_000
const reports = mkdtempSync(join(tmpdir(), 'orinode-test-reports-'))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    const leave = (): never => {
      rmSync(reports, { recursive: true, force: true })
      return process.exit(130)
    }
    endTools().then(leave, leave)
  })
}

interface Outcome {
  isGood: boolean
  counts: Counts
}

/** Runs one runner, prints its line, and counts a runner that ran nothing as a failure: nothing is skipped silently. */
async function runner(
  name: string,
  run: (report: string) => Promise<{ isGood: boolean; output: string }>,
  read: typeof vitestCounts,
): Promise<Outcome> {
  const began = performance.now()
  const report = join(reports, `${name.replaceAll(' ', '-')}.json`)
  const result = await run(report)
  const counts = read(report)
  const hasRun = counts.passed + counts.failed > 0
  const isGood = result.isGood && hasRun && counts.failed === 0
  console.log(`  ${isGood ? '✓' : '✗'} ${name.padEnd(28)} ${wholeSeconds(began)}  ${inWords(counts)}`)
  if (!isGood) console.log(`\n${result.output}\n${hasRun ? '' : 'no test ran\n'}`)
  return { isGood, counts: isGood || counts.failed > 0 ? counts : { ...counts, failed: 1 } }
}

function database(version: string, binaries?: string): Promise<Outcome> {
  const env: Record<string, string> = binaries === undefined ? {} : { TEST_POSTGRES_BIN: binaries }
  return runner(`database, ${version}`, (report) => vitest(['--project', 'db'], report, env, 6 * minute), vitestCounts)
}

/** The oldest PostgreSQL we promise to run on, where the machine has one. */
const oldest = ['/usr/lib/postgresql/15/bin', '/usr/pgsql-15/bin', '/opt/homebrew/opt/postgresql@15/bin'].find(
  (folder) => existsSync(join(folder, 'initdb')),
)

function browser(): Promise<Outcome> {
  const run = (report: string) =>
    runTool({
      words: ['node_modules/@playwright/test/cli.js', 'test', '--reporter=line,json'],
      // Its workers are processes of their own and take their conditions from here.
      env: {
        NODE_OPTIONS: '--conditions=react-server',
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
        NO_COLOR: '1',
        FORCE_COLOR: '0',
      },
      timeoutMs: 12 * minute,
    })
  return runner('browser', run, playwrightCounts)
}

const began = performance.now()
const outcomes: Outcome[] = []
try {
  const checks = await runChecks(reports)
  outcomes.push({ isGood: checks.isGood, counts: checks.unit })
  outcomes.push(
    await runner('services', (report) => vitest(['--project', 'service'], report, {}, 6 * minute), vitestCounts),
  )
  outcomes.push(await database('PostgreSQL 18'))
  if (oldest) outcomes.push(await database('PostgreSQL 15', oldest))
  else console.log('  – database, PostgreSQL 15: none is installed here, so nothing was run on it')
  outcomes.push(await browser())
} finally {
  rmSync(reports, { recursive: true, force: true })
}
const isGood = outcomes.every((outcome) => outcome.isGood)
process.exitCode = isGood ? 0 : 1
console.log(`\n  ${isGood ? 'All good' : 'Not yet'} after ${wholeSeconds(began).trim()}\n`)
console.log(inWords(sum(outcomes.map(({ counts }) => counts))))
