import { reportsFolder } from './check/reports-folder.ts'
import { runChecks } from './check/run-checks.ts'
import { wholeSeconds } from './up/seconds.ts'

const { reports, remove } = reportsFolder()
const began = performance.now()
try {
  const { isGood } = await runChecks(reports)
  console.log(`\n  ${isGood ? 'All good' : 'Not yet'} after ${wholeSeconds(began).trim()}\n`)
  process.exitCode = isGood ? 0 : 1
} finally {
  remove()
}
