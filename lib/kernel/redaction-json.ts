import { NUMBER_REMOVED, redactAcross, redactDigits } from './redaction.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonPath = readonly (string | number)[]

/** Deeper than any provider nests; anything below goes, so that a hostile body cannot exhaust the stack. */
const DEEPEST = 64
const LONGEST_PLAIN_NUMBER = 6

/**
 * One place in the shape, list positions left out: `words.*.word` is one column however many words there are.
 * A column is redacted as a whole, because a transcript that lists its words would otherwise keep a number one digit at a time.
 */
interface Column {
  under: Map<string, Column>
  texts: string[]
  keys: string[]
  cleanTexts: string[]
  cleanKeys: string[]
  nextText: number
  nextKey: number
}

const emptyColumn = (): Column => ({
  under: new Map(),
  texts: [],
  keys: [],
  cleanTexts: [],
  cleanKeys: [],
  nextText: 0,
  nextKey: 0,
})

/**
 * Redact every string of a JSON value, object keys included, and every number of seven digits or more.
 * Numbers that must stay (timestamps, durations, costs) are named by `keepNumbersAt`, which sees the path from the root.
 */
export function redactJson(
  value: unknown,
  options: { keepNumbersAt?: (path: JsonPath) => boolean } = {},
): { value: Json; count: number } {
  const keep = options.keepNumbersAt ?? (() => false)
  const root = emptyColumn()
  collect(value, root, [], keep)
  const tally = { count: clean(root) }
  return { value: rebuild(value, root, [], keep, tally), count: tally.count }
}

/** A number of one digit may be a key pressed or a digit of a list; longer ones are judged alone. */
const isOneDigit = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 9

function columnUnder(column: Column, step: string): Column {
  const known = column.under.get(step)
  if (known) return known
  const made = emptyColumn()
  column.under.set(step, made)
  return made
}

/** List positions share one step, which no object key can spell because keys get a prefix. */
const childrenOf = (value: object): [step: string, key: string | number, child: unknown][] =>
  Array.isArray(value)
    ? value.map((child: unknown, at) => ['*', at, child])
    : Object.entries(value).map(([key, child]) => [`.${key}`, key, child])

function collect(value: unknown, column: Column, path: (string | number)[], keep: (path: JsonPath) => boolean): void {
  if (typeof value === 'string') column.texts.push(value)
  else if (typeof value === 'number') {
    if (isOneDigit(value) && !keep(path)) column.keys.push(String(value))
  } else if (typeof value === 'object' && value !== null && path.length < DEEPEST) {
    for (const [step, key, child] of childrenOf(value)) {
      path.push(key)
      collect(child, columnUnder(column, step), path, keep)
      path.pop()
    }
  }
}

function clean(column: Column): number {
  const texts = redactAcross(column.texts)
  const keys = redactAcross(column.keys)
  column.cleanTexts = texts.pieces
  column.cleanKeys = keys.pieces
  let count = texts.count + keys.count
  for (const child of column.under.values()) count += clean(child)
  return count
}

function cleanNumber(value: number, column: Column, tally: { count: number }): Json {
  if (isOneDigit(value)) return column.cleanKeys[column.nextKey++] === NUMBER_REMOVED ? NUMBER_REMOVED : value
  if (!Number.isFinite(value)) return null
  if (String(value).replace(/\D/g, '').length <= LONGEST_PLAIN_NUMBER) return value
  tally.count += 1
  return NUMBER_REMOVED
}

/** Walks exactly as `collect` did, so that each column gives its texts back in the order it took them. */
function rebuild(
  value: unknown,
  column: Column,
  path: (string | number)[],
  keep: (path: JsonPath) => boolean,
  tally: { count: number },
): Json {
  if (typeof value === 'string') return column.cleanTexts[column.nextText++] ?? NUMBER_REMOVED
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return keep(path) && Number.isFinite(value) ? value : cleanNumber(value, column, tally)
  if (typeof value !== 'object' || value === null) return null
  if (path.length >= DEEPEST) return '[too deep]'
  const taken = new Map<string, number>()
  const entries = childrenOf(value).map(([step, key, child]): [string, Json] => {
    path.push(key)
    const cleaned = rebuild(child, columnUnder(column, step), path, keep, tally)
    path.pop()
    return [typeof key === 'string' ? cleanKey(key, taken, tally) : '', cleaned]
  })
  return Array.isArray(value) ? entries.map(([, child]) => child) : Object.fromEntries(entries)
}

/** Two keys that become the same word stay two keys: the later ones are numbered. */
function cleanKey(key: string, taken: Map<string, number>, tally: { count: number }): string {
  const { text, count } = redactDigits(key)
  tally.count += count
  let name = text
  while (taken.has(name)) {
    const again = (taken.get(text) ?? 1) + 1
    taken.set(text, again)
    name = `${text} (${again})`
  }
  taken.set(name, 1)
  return name
}
