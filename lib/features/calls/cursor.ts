import { cursorAt, placeOf } from '../../guard/page-cursor.ts'
import type { Vault } from '../../vault/open-vault.ts'

export interface Position {
  startedAt: Date
  id: string
}

export function cursorOf({ startedAt, id }: Position, vault: Vault): string {
  return cursorAt(`${startedAt.getTime()}.${id}`, vault)
}

/** @throws AppError invalid_input for anything we did not hand out */
export function readCursor(cursor: string, vault: Vault): Position {
  const [time = '', id = ''] = placeOf(cursor, vault).split('.')
  return { startedAt: new Date(Number(time)), id }
}
