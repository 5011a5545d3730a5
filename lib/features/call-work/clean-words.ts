import { AppError } from '../../kernel/app-error.ts'
import { exactText } from '../../kernel/clean-text.ts'
import { holdsNoNumber } from '../../kernel/redaction.ts'

/**
 * A label as it is stored. Everybody sees it, whatever they may see of numbers.
 * @throws AppError invalid_input when it holds a number
 */
export function cleanLabel(text: string): string {
  const label = exactText(text).replaceAll(/\s+/g, ' ').trim()
  if (label !== '' && holdsNoNumber(label)) return label
  throw new AppError('invalid_input', 'Some fields need another look.', {
    fields: { name: label === '' ? 'is needed' : 'must hold no phone number' },
  })
}

/** Two labels that fold alike are one. */
export function folded(label: string): string {
  return label.toLowerCase().normalize('NFC')
}
