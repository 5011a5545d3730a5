import { AppError } from '../kernel/app-error.ts'
import type { Vault } from '../vault/open-vault.ts'

/** Where a page ended: opaque to clients, no secret in it, and good in the organisation it was handed out in only. */
export function cursorAt(place: string, vault: Vault): string {
  return Buffer.from(`${place}.${markOf(place, vault)}`).toString('base64url')
}

/**
 * The place a cursor stands for.
 * @throws AppError invalid_input for anything we did not hand out
 */
export function placeOf(cursor: string, vault: Vault): string {
  const text = Buffer.from(cursor, 'base64url').toString('latin1')
  const dot = text.lastIndexOf('.')
  const place = text.slice(0, Math.max(0, dot))
  if (dot > 0 && text.slice(dot + 1) === markOf(place, vault)) return place
  throw new AppError('invalid_input', 'Some fields need another look.', {
    fields: { cursor: 'must be a cursor from an earlier page' },
  })
}

/** Sixteen characters of a keyed hash: nobody makes one up, and there is nothing to win by trying. */
function markOf(place: string, vault: Vault): string {
  return vault.blindHash('cursor', place).toString('base64url').slice(0, 16)
}
