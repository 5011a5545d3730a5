import type { Actor } from './actor.ts'
import { redactDigits } from './redaction.ts'

/** The one spelling of a text that the vault and the database take. */
export function exactText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '').normalize('NFC')
}

/** What somebody wrote, as it is stored: while masking is on without numbers. */
export function cleanText(text: string, { organisation }: Pick<Actor, 'organisation'>): string {
  return exactText(organisation?.masking === false ? text : redactDigits(text).text)
}
