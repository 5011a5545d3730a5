import { globSync } from 'node:fs'
import { join } from 'node:path'

import { z } from 'zod'

import { houseRuleViolations } from '../house-rules.ts'
import { wholeSeconds } from '../up/seconds.ts'
import { type Counts, inWords, none, vitestCounts } from './counts.ts'
import { vitestFailures } from './failures.ts'
import { root, runTool, type ToolResult } from './tool.ts'

const timeoutMs = 300_000

interface Check {
  name: string
  run: () => ToolResult | Promise<ToolResult>
}

interface CheckOutcome {
  isGood: boolean
  unit: Counts
  /** What failed among the unit tests. */
  failures: string[]
}

/** Everything that needs no service. Two at a time: the machine it must be quick on has two cores. */
export async function runChecks(reports: string): Promise<CheckOutcome> {
  let unit = none
  const report = join(reports, 'unit.json')
  const checks: Check[] = [
    {
      name: 'unit tests',
      async run() {
        const result = await vitest(['--project', 'unit'], report)
        unit = vitestCounts(report)
        return unit.passed > 0 ? result : { isGood: false, output: `${result.output}\nno unit test ran` }
      },
    },
    { name: 'types', run: types },
    { name: 'lint', run: () => tool('oxlint/bin/oxlint', '--type-aware', '--deny-warnings') },
    { name: 'boundaries', run: boundaries },
    { name: 'dead code', run: () => tool('knip/bin/knip.js', '--no-progress') },
    { name: 'format', run: () => tool('oxfmt/bin/oxfmt', '--check') },
    { name: 'house rules', run: houseRules },
  ]
  let isGood = true
  const lane = async (): Promise<void> => {
    for (let check = checks.shift(); check; check = checks.shift()) {
      const began = performance.now()
      const result = await check.run()
      isGood &&= result.isGood
      const counted = check.name === 'unit tests' ? `  ${inWords(unit)}` : ''
      console.log(`  ${result.isGood ? '✓' : '✗'} ${check.name.padEnd(14)} ${wholeSeconds(began)}${counted}`)
      if (!result.isGood) console.log(`\n${result.output}\n`)
    }
  }
  await Promise.all([lane(), lane()])
  return { isGood, unit, failures: vitestFailures(report) }
}

/** Vitest with its numbers in a file and its words, for people, in the output. */
export function vitest(
  words: string[],
  report: string,
  env: Record<string, string> = {},
  limitMs = timeoutMs,
): Promise<ToolResult> {
  return runTool({
    words: [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...words,
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    env: { ...env, NO_COLOR: '1' },
    timeoutMs: limitMs,
  })
}

const tool = (script: string, ...words: string[]): Promise<ToolResult> =>
  runTool({ words: [`node_modules/${script}`, ...words], timeoutMs })

/** The types of the routes are made by Next, in a second, without a build. */
async function types(): Promise<ToolResult> {
  const made = await runTool({
    words: ['node_modules/next/dist/bin/next', 'typegen'],
    env: { NEXT_TELEMETRY_DISABLED: '1' },
    timeoutMs,
  })
  if (!made.isGood) return made
  return await tool('typescript/bin/tsc', '--noEmit', '-p', '.', '--tsBuildInfoFile', 'node_modules/.cache/tsbuildinfo')
}

const Cruise = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(
      z.object({
        rule: z.object({ name: z.string() }),
        from: z.string(),
        to: z.string(),
        comment: z.string().optional(),
      }),
    ),
  }),
})
const cruised = ['app', 'components', 'lib', 'drizzle', 'middleware.ts']

/** Fails on too few modules as well: without its parser the tool finds none, and nothing wrong with them. */
async function boundaries(): Promise<ToolResult> {
  const ran = await tool(
    'dependency-cruiser/bin/dependency-cruiser.mjs',
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
    ...cruised,
  )
  const start = ran.output.indexOf('{')
  const end = ran.output.lastIndexOf('}')
  if (start === -1) return { isGood: false, output: ran.output }
  const { summary } = Cruise.parse(JSON.parse(ran.output.slice(start, end + 1)))
  const expected = globSync('{app,components,lib,drizzle}/**/*.{ts,tsx}', { cwd: root }).length
  const lines = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from}${from === to ? '' : ` → ${to}`}`)
  if (summary.totalCruised < expected)
    lines.push(`only ${summary.totalCruised} modules were looked at, and there are ${expected} files`)
  return { isGood: ran.isGood && lines.length === 0, output: lines.join('\n') || ran.output }
}

function houseRules(): ToolResult {
  const violations = houseRuleViolations(root)
  return {
    isGood: violations.length === 0,
    output: violations.map(({ rule, where, why }) => `${rule}: ${where}: ${why}`).join('\n'),
  }
}
