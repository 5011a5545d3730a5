import { runTool } from './check/tool.ts'
import { reportsFolder } from './check/reports-folder.ts'

const [asked = '10'] = process.argv.slice(2)
const minutes = Number(asked)
if (!(minutes > 0 && minutes <= 24 * 60)) {
  console.error('npm run soak [-- MINUTES], at most a day of them')
  process.exit(1)
}

/** `npm run soak`: the test that kills web, worker and database under load, for minutes instead of once each. */
const { remove } = reportsFolder()
const { isGood } = await runTool({
  words: [
    'node_modules/@playwright/test/cli.js',
    'test',
    'killed-processes',
    '--project=kills',
    '--no-deps',
    '--global-timeout=0',
  ],
  env: { NODE_OPTIONS: '--conditions=react-server', SOAK_SECONDS: String(minutes * 60) },
  timeoutMs: minutes * 150_000 + 600_000,
  isShown: true,
})
remove()
process.exitCode = isGood ? 0 : 1
