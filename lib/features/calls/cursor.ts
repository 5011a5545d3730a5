import { AppError } from '../../kernel/app-error.ts'
import { isUuid } from '../../kernel/ids.ts'

export interface Position {
  startedAt: Date
  id: string
}

/** Where a page ended: opaque to clients, no secret in it. */
export function cursorOf({ startedAt, id }: Position): string {
  return Buffer.from(`${startedAt.getTime()}.${id}`).toString('base64url')
}

/** @throws AppError invalid_input for anything we did not hand out */
export function readCursor(cursor: string): Position {
  const [time, id, ...rest] = Buffer.from(cursor, 'base64url').toString('latin1').split('.')
  const startedAt = new Date(Number(time))
  if (!time || !id || rest.length > 0 || !isUuid(id) || Number.isNaN(startedAt.getTime())) {
    throw new AppError('invalid_input', 'Some fields need another look.', {
      fields: { cursor: 'must be a cursor from an earlier page' },
    })
  }
  return { startedAt, id }
}
