import { AppError } from '../../kernel/app-error.ts'
import type { Vault } from '../../vault/open-vault.ts'

export interface Position {
  startedAt: Date
  id: string
}

/** Where a page ended: opaque to clients, no secret in it, and good in the organisation it was handed out in only. */
export function cursorOf({ startedAt, id }: Position, vault: Vault): string {
  const place = `${startedAt.getTime()}.${id}`
  return Buffer.from(`${place}.${markOf(place, vault)}`).toString('base64url')
}

/** @throws AppError invalid_input for anything we did not hand out */
export function readCursor(cursor: string, vault: Vault): Position {
  const [time = '', id = '', mark] = Buffer.from(cursor, 'base64url').toString('latin1').split('.')
  if (mark === undefined || mark !== markOf(`${time}.${id}`, vault)) {
    throw new AppError('invalid_input', 'Some fields need another look.', {
      fields: { cursor: 'must be a cursor from an earlier page' },
    })
  }
  return { startedAt: new Date(Number(time)), id }
}

/** Sixteen characters of a keyed hash: nobody makes one up, and there is nothing to win by trying. */
function markOf(place: string, vault: Vault): string {
  return vault.blindHash('cursor', place).toString('base64url').slice(0, 16)
}
