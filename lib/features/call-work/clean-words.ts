import { AppError } from '../../kernel/app-error.ts'
import type { Actor } from '../../kernel/actor.ts'
import { redactDigits } from '../../kernel/redaction.ts'

function exact(text: string): string {
  return text.toWellFormed().replaceAll('\0', '').normalize('NFC')
}

/**
 * A label as it is stored. Everybody sees it, whatever they may see of numbers.
 * @throws AppError invalid_input when it holds a number
 */
export function cleanLabel(text: string): string {
  const label = exact(text).replaceAll(/\s+/g, ' ').trim()
  if (label !== '' && redactDigits(label).count === 0) return label
  throw new AppError('invalid_input', 'Some fields need another look.', {
    fields: { name: label === '' ? 'is needed' : 'must hold no phone number' },
  })
}

/** Two labels that fold alike are one. */
export function folded(label: string): string {
  return label.toLowerCase().normalize('NFC')
}

/** What somebody wrote, as it is stored: while masking is on without numbers. */
export function cleanText(text: string, { organisation }: Actor): string {
  return exact(organisation?.masking === false ? text : redactDigits(text).text)
}
