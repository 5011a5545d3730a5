import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, expect, it } from 'vitest'

import { playwrightFailures, vitestFailures } from './failures.ts'

const folder = mkdtempSync(join(tmpdir(), 'reports-'))
afterAll(() => rmSync(folder, { recursive: true }))
const written = (report: unknown): string => {
  const file = join(folder, 'report.json')
  writeFileSync(file, JSON.stringify(report))
  return file
}

it('a failed browser test is named with the lines that say why, wherever it stands in the report', () => {
  const spec = (title: string, status: string) => ({
    title,
    file: 'a.spec.ts',
    line: 3,
    tests: [{ status, results: [{ errors: [{ message: '\u001B[31mexpected one\u001B[39m\n\n  got two' }] }] }],
  })
  const report = { suites: [{ specs: [spec('fine', 'expected')], suites: [{ specs: [spec('bad', 'unexpected')] }] }] }
  expect(playwrightFailures(written(report))).toEqual(['a.spec.ts:3 › bad\n    expected one\n      got two'])
})

it('a failed test and a file that did not load are both named', () => {
  const report = {
    testResults: [
      {
        name: 'a.test.ts',
        message: '',
        assertionResults: [{ fullName: 'bad', status: 'failed', failureMessages: ['no'] }],
      },
      { name: 'b.test.ts', message: 'cannot be read', assertionResults: [] },
      {
        name: 'c.test.ts',
        message: '',
        assertionResults: [{ fullName: 'fine', status: 'passed', failureMessages: [] }],
      },
    ],
  }
  expect(vitestFailures(written(report))).toEqual(['a.test.ts › bad\n    no', 'b.test.ts\n    cannot be read'])
})

it('of a long reason only the beginning is repeated', () => {
  const message = Array.from({ length: 40 }, (_, at) => `line ${at}`).join('\n')
  const [told = ''] = vitestFailures(written({ testResults: [{ name: 'a.test.ts', message, assertionResults: [] }] }))
  expect(told.split('\n')).toHaveLength(16)
})

it('no report names nothing', () => {
  expect(playwrightFailures(join(folder, 'none.json'))).toEqual([])
})
