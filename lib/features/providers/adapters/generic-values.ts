import { minorOf } from '../../../kernel/money.ts'
import type { IncomingTurn } from '../../calls/shapes.ts'
import type { GenericMapping } from './generic-mapping.ts'
import { pathFrom, valueAt } from './generic-path.ts'

/** What a field of theirs came to. `strange`: a word their table does not know, which is no fault. */
export type Read<Value> =
  | { outcome: 'found'; value: Value }
  | { outcome: 'missing' }
  | { outcome: 'strange'; word: string }
  | { outcome: 'invalid'; problem: string }

type Time = NonNullable<GenericMapping['occurred_at']>
type Span = NonNullable<GenericMapping['talk']>
type Cost = NonNullable<GenericMapping['cost']>
type Transcript = NonNullable<GenericMapping['transcript']>

const missing = { outcome: 'missing' } as const
const found = <Value>(value: Value): Read<Value> => ({ outcome: 'found', value })
const invalid = (problem: string): Read<never> => ({ outcome: 'invalid', problem })

const LONGEST_CALL_MS = 86_400_000
const MOST_TURNS = 10_000
const LATEST_MS = Date.UTC(2100, 0)
const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value)

/** Nothing, an empty text and null all say nothing. */
function at(body: unknown, path: string): unknown {
  const value = valueAt(body, pathFrom(path) ?? [])
  return value === null || value === '' ? undefined : value
}

/** A text, or a whole number, which is how some write a phone number or an id. */
export function textAt(body: unknown, path: string, longest: number): Read<string> {
  const value = at(body, path)
  if (value === undefined) return missing
  if (isWhole(value)) return found(String(value))
  if (typeof value !== 'string') return invalid('must be a text')
  return found(value.slice(0, longest).replaceAll('\0', '').toWellFormed())
}

/** Whatever plain value stands there; undefined for anything else. */
export function plainAt(body: unknown, path: string): unknown {
  const value = at(body, path)
  return typeof value === 'object' ? undefined : value
}

/** An outside name: kept whole or not at all, since half of one could be another's. */
export function nameAt(body: unknown, path: string): Read<string> {
  const read = textAt(body, path, 201)
  if (read.outcome !== 'found') return read
  return /^[\x21-\x7e]{1,200}$/.test(read.value) ? read : invalid('must be 1 to 200 visible ASCII characters')
}

export function wordAt<Word>(
  body: unknown,
  { path, values }: { path: string; values: Record<string, Word> },
): Read<Word> {
  const value = at(body, path)
  if (value === undefined) return missing
  if (typeof value !== 'string' && typeof value !== 'boolean' && !isWhole(value)) return invalid('must be a word')
  const word = String(value).slice(0, 200)
  const ours = Object.hasOwn(values, word) ? values[word] : undefined
  return ours === undefined ? { outcome: 'strange', word: word.replaceAll('\0', '').toWellFormed() } : found(ours)
}

export function timeAt(body: unknown, { path, format }: Time): Read<Date> {
  const value = at(body, path)
  if (value === undefined) return missing
  const ms = format === 'iso' ? isoMs(value) : numberFrom(value) * (format === 'epoch_s' ? 1000 : 1)
  const isTime = ms >= 0 && ms < LATEST_MS
  return isTime ? found(new Date(Math.round(ms))) : invalid(`must be a time between 1970 and 2100 (${format})`)
}

/** With its zone, or taken for UTC: never for whatever zone this machine is in. */
function isoMs(value: unknown): number {
  const parts = typeof value === 'string' ? /^(\d{4}-\d\d-\d\d)(?:[T ](\S{5,40}))?$/.exec(value) : null
  if (!parts) return NaN
  const [, day = '', clock] = parts
  if (clock === undefined) return Date.parse(day)
  return Date.parse(`${day}T${clock}${/(Z|[+-]\d\d:?\d\d)$/i.test(clock) ? '' : 'Z'}`)
}

function numberFrom(value: unknown): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^\d{1,16}(\.\d{1,9})?$/.test(value) ? Number(value) : NaN
}

export function spanAt(body: unknown, { path, unit }: Span): Read<number> {
  const value = at(body, path)
  if (value === undefined) return missing
  const ms = numberFrom(value) * (unit === 's' ? 1000 : 1)
  return ms >= 0 && ms <= LONGEST_CALL_MS ? found(Math.round(ms)) : invalid('must be a length of at most a day')
}

export function languagesAt(body: unknown, path: string): Read<string[]> {
  const value = at(body, path)
  if (value === undefined) return missing
  const list: unknown[] = Array.isArray(value) ? value.slice(0, 10) : [value]
  const isTag = (one: unknown): one is string => typeof one === 'string' && LANGUAGE.test(one)
  return list.every(isTag) ? found(list) : invalid('must be language tags such as en or pcm')
}

/** In minor units already, or as a decimal that is rounded once to them, halves up. */
export function costAt(
  body: unknown,
  { path, unit, currency: fixed, currency_path }: Cost,
): Read<{ amountMinor: number; currency: string }> {
  const value = at(body, path)
  if (value === undefined) return missing
  const told = fixed ?? (currency_path === undefined ? undefined : at(body, currency_path))
  const currency = typeof told === 'string' ? told.toUpperCase() : ''
  if (!/^[A-Z]{3}$/.test(currency)) return invalid('must have a currency such as NGN')
  const decimal = typeof value === 'number' && value < 1e12 ? value.toFixed(12) : typeof value === 'string' ? value : ''
  const minor = unit === 'minor' ? wholeFrom(decimal) : minorOf(decimal, currency)
  return minor === null ? invalid('must be a plain amount') : found({ amountMinor: minor, currency })
}

function wholeFrom(decimal: string): number | null {
  return /^\d{1,12}(\.0{1,12})?$/.test(decimal) ? Number(decimal) : null
}

export function transcriptAt(body: unknown, mapping: Transcript): Read<IncomingTurn[]> {
  const list = at(body, mapping.path)
  if (list === undefined) return missing
  if (!Array.isArray(list)) return invalid('must be a list of turns')
  if (list.length > MOST_TURNS) return invalid(`must be at most ${MOST_TURNS} turns`)
  let atMs = 0
  const turns: IncomingTurn[] = []
  for (const turn of list) {
    const role = wordAt(turn, { path: mapping.role, values: mapping.roles })
    const text = textAt(turn, mapping.text, 20_000)
    const when = mapping.at ? spanAt(turn, mapping.at) : missing
    for (const read of [role, text, when]) if (read.outcome === 'invalid') return read
    if (when.outcome === 'found') atMs = when.value
    // A speaker of no role of ours is no part of the talk; so is silence.
    if (role.outcome === 'found' && text.outcome === 'found') turns.push({ role: role.value, text: text.value, atMs })
  }
  return turns.length > 0 ? found(turns) : missing
}
