import { AppError } from '../../../kernel/app-error.ts'
import { maskedNumber } from '../../../kernel/masked-number.ts'
import { formatMoney } from '../../../kernel/money.ts'
import { normalise } from '../../../kernel/phone-number.ts'
import { redactDigits } from '../../../kernel/redaction.ts'
import { metadataOf, readAll, type ReadFields } from './generic-facts.ts'
import type { GenericMapping } from './generic-mapping.ts'

export interface TriedField {
  field: string
  outcome: 'found' | 'missing' | 'strange' | 'invalid'
  /** What it came to, in words for the screen: numbers masked, texts cut short and without digits that could be dialled. */
  shown: string | null
  problem: string | null
}

const DEEPEST = 32
const LONGEST_SHOWN = 80
const parties: readonly string[] = ['caller', 'number', 'from', 'to']

/**
 * What a mapping makes of one sample, field by field, of those it names.
 * @throws AppError invalid_input for a sample that is no JSON object, or deeper than anybody nests on purpose
 */
export function tryMapping(sample: string, mapping: GenericMapping, country: string): TriedField[] {
  const body = parsed(sample)
  const fields = readAll(body, mapping)
  const isMapped = (name: string): boolean => Object.hasOwn(mapping, name)
  const tried = Object.entries(fields)
    .filter(([name]) => isMapped(name))
    .map(([field, read]) => triedField(field, read, country))
  const labels = metadataOf(body, mapping) ?? {}
  return [
    ...tried,
    ...Object.keys(mapping.metadata ?? {}).map((name): TriedField => {
      const isFound = Object.hasOwn(labels, name)
      const shown = isFound ? short(String(labels[name])) : null
      return { field: `metadata.${short(name)}`, outcome: isFound ? 'found' : 'missing', shown, problem: null }
    }),
  ]
}

function parsed(sample: string): object {
  const body = json(sample)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw wrongSample('must be one JSON object')
  if (isDeeperThan(body, DEEPEST)) throw wrongSample(`must nest at most ${DEEPEST} levels deep`)
  return body
}

function json(sample: string): unknown {
  try {
    return JSON.parse(sample)
  } catch {
    return undefined
  }
}

/** Level by level, so that no depth can exhaust the stack. */
function isDeeperThan(root: object, levels: number): boolean {
  let level: unknown[] = [root]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true
    level = level.flatMap((one): unknown[] => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}

const wrongSample = (problem: string): AppError =>
  new AppError('invalid_input', 'Some fields need another look.', { fields: { sample: problem } })

function triedField(field: string, read: ReadFields[keyof ReadFields], country: string): TriedField {
  switch (read.outcome) {
    case 'found':
      return { field, outcome: 'found', shown: shownAs(field, read.value, country), problem: null }
    case 'missing':
      return { field, outcome: 'missing', shown: null, problem: field === 'external_id' ? 'is needed' : null }
    case 'strange':
      return { field, outcome: 'strange', shown: short(read.word), problem: 'is a word the table does not know' }
    case 'invalid':
      return { field, outcome: 'invalid', shown: null, problem: read.problem }
  }
}

type Value = Extract<ReadFields[keyof ReadFields], { outcome: 'found' }>['value']

function shownAs(field: string, value: Value, country: string): string {
  if (typeof value === 'string') return parties.includes(field) ? masked(value, country) : short(value)
  if (typeof value === 'number') return `${value} ms`
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (value instanceof Date) return value.toISOString()
  if ('amountMinor' in value) return formatMoney(value.amountMinor, value.currency)
  const texts = value.filter((one) => typeof one === 'string')
  const [first] = value.filter((one) => typeof one === 'object')
  if (!first) return texts.join(', ')
  return `${value.length} turns, the first by the ${first.role}: ${short(first.text)}`
}

function masked(text: string, country: string): string {
  const read = normalise(text, country)
  if (read.kind !== 'number') return maskedNumber({ kind: read.kind, country: null, last3: null, callingCode: null })
  return maskedNumber(read)
}

function short(text: string): string {
  const clean = redactDigits(text.slice(0, 1_000)).text
  return clean.length > LONGEST_SHOWN ? `${clean.slice(0, LONGEST_SHOWN).toWellFormed()}…` : clean
}
