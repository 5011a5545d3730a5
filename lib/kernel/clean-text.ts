import type { Actor } from './actor.ts'
import { redactDigits } from './redaction.ts'

/** A text without NUL and halves of characters, which no column takes; else as it was said. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '')
}

/** The one spelling of a text that the vault and the database take. */
export function exactText(text: string): string {
  return storableText(text).normalize('NFC')
}

/** What somebody wrote, as it is stored: while masking is on without numbers. */
export function cleanText(text: string, { organisation }: Pick<Actor, 'organisation'>): string {
  return exactText(organisation?.masking === false ? text : redactDigits(text).text)
}
