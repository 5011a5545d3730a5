import { type SQL, sql } from 'drizzle-orm'

import type { Actor } from '../kernel/actor.ts'
import { AppError } from '../kernel/app-error.ts'

/** A time as it is; of a day its first moment with the organisation's clocks, or, `after` days later, the first moment it is over. */
export function beginning(text: string, after: 0 | 1, actor: Actor, field: 'from' | 'to'): SQL {
  if (text.length > 10) return sql`${new Date(text).toISOString()}::timestamptz`
  const zone = zoneOf(actor, field)
  return sql`(${text}::date + ${after}::int)::timestamp at time zone ${zone}`
}

/** @throws AppError invalid_input to machines, which have no wall with a clock: they say times */
export function zoneOf(actor: Actor, field: string): string {
  if (actor.kind === 'person' && actor.organisation) return actor.organisation.timeZone
  throw new AppError('invalid_input', 'Some fields need another look.', {
    fields: { [field]: 'must be a time such as 2026-11-24T09:30:00Z: days begin where the people are' },
  })
}
