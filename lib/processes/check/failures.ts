import { stripVTControlCharacters } from 'node:util'

import { z } from 'zod'

import { readReport } from './report-file.ts'

const shownLines = 15

const VitestFailures = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
})

const Spec = z.object({
  title: z.string(),
  file: z.string(),
  line: z.number(),
  tests: z.array(
    z.object({
      status: z.string(),
      results: z.array(z.object({ errors: z.array(z.object({ message: z.string().default('') })).default([]) })),
    }),
  ),
})
const Suite = z.object({
  specs: z.array(Spec).default([]),
  get suites(): z.ZodDefault<z.ZodArray<typeof Suite>> {
    return z.array(Suite).default([])
  },
})
const PlaywrightFailures = z.object({ suites: z.array(Suite) })

/** What failed and the first lines of why, from Vitest's JSON report. */
export function vitestFailures(file: string): string[] {
  return (readReport(file, VitestFailures)?.testResults ?? []).flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    if (failed.length === 0 && message !== '') return [told(name, message)]
    return failed.map((one) => told(`${name} › ${one.fullName}`, one.failureMessages?.join('\n') ?? ''))
  })
}

/** The same from Playwright's. */
export function playwrightFailures(file: string): string[] {
  const ofSuite = ({ specs, suites }: z.output<typeof Suite>): string[] => [
    ...specs.flatMap(({ title, file: spec, line, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ results }) => {
          const why = results.flatMap(({ errors }) => errors.map(({ message }) => message)).join('\n')
          return told(`${spec}:${line} › ${title}`, why)
        }),
    ),
    ...suites.flatMap(ofSuite),
  ]
  return (readReport(file, PlaywrightFailures)?.suites ?? []).flatMap(ofSuite)
}

function told(what: string, why: string): string {
  const lines = stripVTControlCharacters(why)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, shownLines)
  return [what, ...lines.map((line) => `    ${line}`)].join('\n')
}
