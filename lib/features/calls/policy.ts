import type { Context } from '../../guard/use-case.ts'
import type { Actor } from '../../kernel/actor.ts'
import { maskedNumber } from '../../kernel/masked-number.ts'
import { callingCodeOf } from '../../kernel/phone-number.ts'
import type { CallStatus, ShownCaller } from './shapes.ts'

/** Test keys see test calls and live keys live ones; people choose, and see live calls unless they ask for test ones. */
export function environmentFor(actor: Actor, asked?: 'live' | 'test'): 'live' | 'test' {
  if (actor.kind === 'api_key' || actor.kind === 'provider') return actor.environment
  return asked ?? 'live'
}

interface CallerColumns {
  callerKind: ShownCaller['kind']
  callerToken: Uint8Array | null
  callerCountry: string | null
  callerLast3: string | null
  callerSealed: Uint8Array | null
}

/**
 * The caller as this actor may see them. Digits leave only towards a machine whose scopes include phone numbers, with
 * masking off; a person sees the mask, and reveals by an act of its own.
 */
export function showCaller(
  row: CallerColumns,
  { actor, maySeeDigits }: Pick<Context<unknown>, 'actor' | 'maySeeDigits'>,
  digits: string | null,
): ShownCaller {
  const isGiven = digits !== null && maySeeDigits && actor.kind === 'api_key'
  return {
    kind: row.callerKind,
    masked: maskedNumber({
      kind: row.callerKind,
      country: row.callerCountry,
      last3: row.callerLast3,
      callingCode: callingCodeOf(row.callerCountry),
    }),
    country: row.callerCountry,
    token: row.callerToken ? Buffer.from(row.callerToken).toString('base64url') : null,
    hidden: isGiven ? 'none' : whyHidden(row, actor, maySeeDigits),
    ...(isGiven ? { digits } : {}),
  }
}

/** What is stored does not change when masking is switched: only who may open it does. */
function whyHidden({ callerSealed }: CallerColumns, actor: Actor, maySeeDigits: boolean): ShownCaller['hidden'] {
  if (callerSealed === null) return 'not_stored'
  if (actor.organisation?.masking) return 'closed'
  return maySeeDigits ? 'sealed' : 'not_allowed'
}

const rank: Record<CallStatus, number> = {
  queued: 0,
  ringing: 1,
  in_progress: 2,
  unknown_end: 3,
  completed: 4,
  no_answer: 4,
  busy: 4,
  rejected: 4,
  voicemail: 4,
  canceled: 4,
  failed: 4,
}

/** A call only moves forward: a late `ringing` never reopens it, and a known ending replaces an unknown one. */
export function rankOf(status: CallStatus): number {
  return rank[status]
}

export function isEnded(status: CallStatus): boolean {
  return rank[status] >= 3
}
