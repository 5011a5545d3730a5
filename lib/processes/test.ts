import { inWords, sum } from './check/counts.ts'
import { reportsFolder } from './check/reports-folder.ts'
import { runChecks } from './check/run-checks.ts'
import { browser, database, kills, oldestDatabase, type Outcome, outcomeOf, services } from './test/runners.ts'
import { wholeSeconds } from './up/seconds.ts'

const { reports, remove } = reportsFolder()
const began = performance.now()
const outcomes: Outcome[] = []
try {
  const checks = await runChecks(reports)
  outcomes.push({ isGood: checks.isGood, counts: checks.unit, failures: checks.failures })
  outcomes.push(await outcomeOf(services, reports))
  outcomes.push(await outcomeOf(database('PostgreSQL 18'), reports))
  if (oldestDatabase) outcomes.push(await outcomeOf(database('PostgreSQL 15', oldestDatabase), reports))
  else console.log('  – database, PostgreSQL 15: none is installed here, so nothing was run on it')
  outcomes.push(await outcomeOf(browser, reports))
  outcomes.push(await outcomeOf(kills, reports))
} finally {
  remove()
}
const isGood = outcomes.every((outcome) => outcome.isGood)
process.exitCode = isGood ? 0 : 1
// Once more and short, below everything that was printed on the way.
for (const failure of outcomes.flatMap(({ failures }) => failures)) console.log(`\n  ✗ ${failure}`)
console.log(`\n  ${isGood ? 'All good' : 'Not yet'} after ${wholeSeconds(began).trim()}\n`)
console.log(inWords(sum(outcomes.map(({ counts }) => counts))))
