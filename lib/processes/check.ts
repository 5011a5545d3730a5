import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { runChecks } from './check/run-checks.ts'
import { endTools } from './check/tool.ts'
import { wholeSeconds } from './up/seconds.ts'

const reports = mkdtempSync(join(tmpdir(), 'orinode-check-'))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    const leave = (): never => {
      rmSync(reports, { recursive: true, force: true })
      return process.exit(130)
    }
    endTools().then(leave, leave)
  })
}

const began = performance.now()
try {
  const { isGood } = await runChecks(reports)
  console.log(`\n  ${isGood ? 'All good' : 'Not yet'} after ${wholeSeconds(began).trim()}\n`)
  process.exitCode = isGood ? 0 : 1
} finally {
  rmSync(reports, { recursive: true, force: true })
}
