import { AppError } from '../../kernel/app-error.ts'
import { readCsvTable } from '../../kernel/csv-table.ts'
import { minorOf } from '../../kernel/money.ts'
import type { LoggedFigures } from './log-match.ts'

export interface LoggedCall extends LoggedFigures {
  /** The provider's own name of the call. */
  name: string
}

interface CallLog {
  calls: LoggedCall[]
  /** Numbers of the lines that could not be read, as an editor counts them. */
  unread: number[]
}

const mostLines = 5_000

/** What columns are called in the exports people have. */
const headings = {
  name: ['sessionid', 'callsessionid', 'session', 'callid'],
  talk: ['durationinseconds', 'durationseconds', 'durations', 'duration', 'seconds'],
  amount: ['amount', 'cost', 'price', 'totalcost'],
  currency: ['currency', 'currencycode'],
} as const

/**
 * A provider's log of calls as CSV with a heading, separated by commas, semicolons or tabs.
 * @throws AppError invalid_input for what is no such log, and for one of over 5,000 lines
 */
export function readCallLog(text: string): CallLog {
  const table = readCsvTable(text)
  if (!table) throw wrong('is not CSV')
  const { rows, placeOf } = table
  if (rows.length > mostLines) throw wrong(`holds ${rows.length} lines; send at most ${mostLines} at a time`)
  const at = {
    name: placeOf(headings.name),
    talk: placeOf(headings.talk),
    amount: placeOf(headings.amount),
    currency: placeOf(headings.currency),
  }
  if (at.name === -1) throw wrong('must have a heading with a column sessionId')
  if (at.talk === -1 && at.amount === -1) throw wrong('must have a column durationInSeconds or amount')
  const log: CallLog = { calls: [], unread: [] }
  for (const { cells, line } of rows) {
    const read = lineOf(cells, at)
    if (read) log.calls.push(read)
    else log.unread.push(line)
  }
  if (log.calls.length === 0) throw wrong('has no line that could be read')
  return log
}

type Places = Record<keyof typeof headings, number>

/** Null where the name is missing or a figure is none. */
function lineOf(row: readonly string[], at: Places): LoggedCall | null {
  const cell = (place: number): string => (place === -1 ? '' : (row[place] ?? ''))
  const name = cell(at.name)
  const talk = cell(at.talk)
  const amount = cell(at.amount)
  const talkMs = talk === '' ? null : msOf(talk)
  const cost = amount === '' ? null : costOf(amount, cell(at.currency))
  // A line of one cell is no call, whatever the heading says.
  const isRead = row.length > 1 && /^[\x21-\x7e]{1,200}$/.test(name) && talkMs !== undefined && cost !== undefined
  return isRead ? { name, talkMs, cost } : null
}

/** `83`, `1:23` and `00:01:23` are the same; undefined for anything else, and for over a day. */
function msOf(text: string): number | undefined {
  if (!/^(\d{1,6}|\d{1,2}(:\d\d){1,2})$/.test(text)) return undefined
  const seconds = text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  return seconds <= 86_400 ? seconds * 1_000 : undefined
}

/** `KES 3.20`, or `3.20` beside a column that names the currency. */
function costOf(text: string, currency: string): LoggedCall['cost'] | undefined {
  const [, before = '', amount = ''] = /^([A-Z]{3})?\s*(\d{1,9}(?:\.\d{1,9})?)$/.exec(text) ?? []
  const named = before === '' ? currency : before
  const amountMinor = minorOf(amount, named)
  return amountMinor === null ? undefined : { amountMinor, currency: named }
}

const wrong = (why: string): AppError =>
  new AppError('invalid_input', 'This is not a log of calls as we can read it.', { fields: { log: why } })
