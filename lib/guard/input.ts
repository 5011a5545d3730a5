import type { z } from 'zod'

import { AppError, type FieldErrors } from '../kernel/app-error.ts'
import { storableText } from '../kernel/clean-text.ts'
import { redactDigits } from '../kernel/redaction.ts'

/**
 * The input in its declared shape.
 * @throws AppError invalid_input naming each field; never what was in it
 */
export function parseInput<Shape extends z.ZodType>(shape: Shape, given: unknown): z.output<Shape> {
  // With its input in each issue, wrong and missing can be told apart; the issues themselves go no further than here.
  const parsed = shape.safeParse(given, { reportInput: true })
  if (parsed.success) return parsed.data
  throw new AppError('invalid_input', 'Some fields need another look.', { fields: fieldErrors(parsed.error) })
}

/** Deeper than any shape of ours. */
const mostLevels = 40

/**
 * What was sent without NUL and halves of characters, which no column takes. What is no plain JSON stays as it is.
 * @throws AppError invalid_input for what is nested deeper than any shape of ours
 */
export function storable(given: unknown, level = 0): unknown {
  if (typeof given === 'string') return storableText(given)
  if (!Array.isArray(given) && !isPlain(given)) return given
  if (level > mostLevels)
    throw new AppError('invalid_input', 'Some fields need another look.', { fields: { body: 'is nested too deeply' } })
  if (Array.isArray(given)) return given.map((one) => storable(one, level + 1))
  return Object.fromEntries(Object.entries(given).map(([name, one]) => [name, storable(one, level + 1)]))
}

function isPlain(given: unknown): given is Record<string, unknown> {
  if (typeof given !== 'object' || given === null) return false
  const prototype: unknown = Object.getPrototypeOf(given)
  return prototype === Object.prototype || prototype === null
}

const most = 50

/** What to do about each field, by its name; never what was in it. The error was made with `reportInput`. */
export function fieldErrors(error: z.ZodError): FieldErrors {
  // A map, because a stranger may name a field `constructor`.
  const fields = new Map<string, string>()
  for (const issue of error.issues.slice(0, most)) {
    const names = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]
    for (const path of names.slice(0, most)) {
      // A field's name can be anything a stranger typed, digits included; cut short only after they are gone.
      const name = redactDigits(path.map(String).join('.').slice(0, 400)).text.slice(0, 120)
      if (fields.has(name || 'body')) continue
      fields.set(name || 'body', issue.code === 'unrecognized_keys' ? 'is not a field here' : sentence(issue))
    }
  }
  return Object.fromEntries(fields)
}

function sentence(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is needed' : `must be ${withArticle(issue.expected)}`
    case 'too_big':
      return issue.message.startsWith('Too big')
        ? `must be at most ${amount(issue.maximum, issue.origin)}`
        : issue.message
    case 'too_small':
      if (!issue.message.startsWith('Too small')) return issue.message
      return isBlank(issue.input) ? 'is needed' : `must be at least ${amount(issue.minimum, issue.origin)}`
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`
    case 'invalid_format':
      if (isBlank(issue.input)) return 'is needed'
      if (issue.format === 'regex') return issue.message.startsWith('Invalid') ? 'is not usable' : issue.message
      return issue.format === 'datetime'
        ? 'must be a time such as 2026-11-24T09:30:00Z'
        : `must be a valid ${issue.format}`
    case 'custom':
      return issue.message
    default:
      return 'is not usable'
  }
}

const isBlank = (input: unknown): boolean => typeof input === 'string' && input.trim() === ''

function amount(count: number | bigint, origin: string): string {
  const unit = origin === 'string' ? ' character' : ''
  return `${count}${unit}${unit !== '' && Number(count) !== 1 ? 's' : ''}`
}

function withArticle(expected: string): string {
  const word = expected === 'int' ? 'whole number' : expected
  return /^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`
}
