import { redactDigits } from '../../kernel/redaction.ts'

const email = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,255}\.\p{L}{2,24}/gu

export interface PersonalData {
  numbers: number
  emails: number
}

/** What somebody might not have meant to tell every caller; null where there is none. */
export function personalDataIn(text: string): PersonalData | null {
  const found = { numbers: redactDigits(text).count, emails: text.match(email)?.length ?? 0 }
  return found.numbers + found.emails > 0 ? found : null
}
