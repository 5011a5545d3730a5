import { AppError } from '../../kernel/app-error.ts'
import { readCsvTable } from '../../kernel/csv-table.ts'
import { type OurNumber, readOurNumber } from './our-number.ts'
import type { rowProblems } from './shapes.ts'

export interface ListedRow extends OurNumber {
  line: number
  label: string
  provider: string | null
}

export type RowProblem = (typeof rowProblems)[number]

export interface NumberList {
  rows: ListedRow[]
  leftOut: { line: number; why: RowProblem }[]
}

const mostLines = 1_000

const headings = {
  number: ['number', 'phonenumber', 'phone', 'msisdn', 'e', 'did'],
  country: ['country', 'countrycode', 'isocountry'],
  label: ['label', 'name', 'friendlyname', 'description'],
  provider: ['provider', 'carrier', 'operator'],
} as const

/**
 * Numbers as CSV with a heading: number, country, label, provider. `country`: how a national form is read where the row says none.
 * @throws AppError invalid_input for what is no such list, and for one of over 1,000 lines
 */
export function readNumberList(text: string, country: string | null): NumberList {
  const table = readCsvTable(text)
  if (!table) throw wrong('is not CSV')
  const at = {
    number: table.placeOf(headings.number),
    country: table.placeOf(headings.country),
    label: table.placeOf(headings.label),
    provider: table.placeOf(headings.provider),
  }
  if (at.number === -1) throw wrong('must have a heading with a column number')
  if (table.rows.length > mostLines)
    throw wrong(`holds ${table.rows.length} lines; send at most ${mostLines} at a time`)
  const list: NumberList = { rows: [], leftOut: [] }
  const seen = new Set<string>()
  for (const { cells, line } of table.rows) {
    const cell = (place: number): string => (place === -1 ? '' : (cells[place] ?? ''))
    const read = rowOf(cell(at.number), cell(at.country), cell(at.label), cell(at.provider), country)
    if (typeof read === 'string') list.leftOut.push({ line, why: read })
    else if (seen.has(read.number)) list.leftOut.push({ line, why: 'twice' })
    else list.rows.push({ ...read, line })
    if (typeof read !== 'string') seen.add(read.number)
  }
  return list
}

function rowOf(
  written: string,
  said: string,
  label: string,
  provider: string,
  country: string | null,
): Omit<ListedRow, 'line'> | RowProblem {
  if (written === '') return 'no_number'
  if (label.length > 120 || provider.length > 60) return 'too_long'
  const named = said.trim().toUpperCase()
  const read = readOurNumber(written, named === '' ? country : named)
  if (!read) return 'not_a_number'
  if (named !== '' && named !== read.country) return 'wrong_country'
  return { ...read, label, provider: provider === '' ? null : provider }
}

const wrong = (why: string): AppError =>
  new AppError('invalid_input', 'This is not a list of numbers as we can read it.', { fields: { list: why } })
