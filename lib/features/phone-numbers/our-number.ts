import { AppError } from '../../kernel/app-error.ts'
import { normalise } from '../../kernel/phone-number.ts'

export interface OurNumber {
  number: string
  country: string
}

/** A number as somebody wrote it; null for what no numbering plan knows. `country`: how a national form is read. */
export function readOurNumber(written: string, country: string | null): OurNumber | null {
  const read = normalise(written, country)
  return read.kind === 'number' && read.country !== null ? { number: read.e164, country: read.country } : null
}

/** @throws AppError invalid_input, naming the field */
export function requireNumber(field: string, written: string, country: string | null): OurNumber {
  const read = readOurNumber(written, country)
  if (read) return read
  throw new AppError('invalid_input', 'Some fields need another look.', {
    fields: { [field]: 'must be a phone number such as +2342017001234' },
  })
}
