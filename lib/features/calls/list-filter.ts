import { and, arrayOverlaps, eq, gte, inArray, isNotNull, isNull, lt, lte, type SQL, sql } from 'drizzle-orm'

import { call } from '#drizzle/schema/call'

import { beginning, zoneOf } from '../../guard/own-days.ts'
import type { Context } from '../../guard/use-case.ts'
import type { Actor } from '../../kernel/actor.ts'
import { AppError } from '../../kernel/app-error.ts'
import { minorOf } from '../../kernel/money.ts'
import { environmentFor } from './policy.ts'
import type { CallFilter } from './shapes.ts'

/**
 * What a call must be to fit a filter. All of it stands in the index `call_list` but the caller, who has one of their own: said
 * so that the index itself is compared, column by column, and calls that do not fit are never fetched.
 */
export function fitting(
  filter: CallFilter,
  { actor, organisation }: Pick<Context<unknown>, 'actor' | 'organisation'>,
): SQL | undefined {
  const { status, direction, provider, agent, number, caller, outcome, success, ended_reason: reason } = filter
  const {
    talk_min_seconds: talkMin,
    talk_max_seconds: talkMax,
    tag,
    follow_up: followUp,
    assigned,
    from,
    to,
    period,
  } = filter
  return and(
    eq(call.org, organisation),
    eq(call.environment, environmentFor(actor, filter.environment)),
    status &&
      one(
        status,
        (words) => inArray(call.status, words),
        (word) => eq(call.status, word),
      ),
    status && isAllRunning(status) ? sql`${call.status} in ('queued', 'ringing', 'in_progress')` : undefined,
    direction && eq(call.direction, direction),
    provider &&
      one(
        provider,
        (words) => inArray(call.provider, words),
        (word) => eq(call.provider, word),
      ),
    agent === undefined ? undefined : eq(call.agent, agent),
    number === undefined ? undefined : eq(call.number, number),
    caller === undefined ? undefined : eq(call.callerToken, Buffer.from(caller, 'base64url')),
    outcome === undefined ? undefined : eq(call.outcomeHash, Buffer.from(outcome, 'base64url')),
    success && (success === 'unknown' ? isNull(call.success) : eq(call.success, success === 'yes')),
    reason && eq(call.endedReason, reason),
    talkMin === undefined ? undefined : gte(call.talkMs, talkMin * 1000),
    talkMax === undefined ? undefined : lte(call.talkMs, talkMax * 1000),
    ...cost(filter),
    // Most calls wear none: saying so lets the index pass them over.
    tag && and(isNotNull(call.tagIds), arrayOverlaps(call.tagIds, tag)),
    followUp && (followUp === 'none' ? isNull(call.followUp) : eq(call.followUp, followUp)),
    assigned === undefined ? undefined : assignedTo(assigned, actor),
    period && gte(call.startedAt, daysBack(period, zoneOf(actor, 'period'))),
    from === undefined ? undefined : gte(call.startedAt, beginning(from, 0, actor, 'from')),
    to === undefined ? undefined : lt(call.startedAt, beginning(to, 1, actor, 'to')),
  )
}

function one<Word>(words: readonly Word[], several: (words: readonly Word[]) => SQL, single: (word: Word) => SQL): SQL {
  const [first] = words
  return first !== undefined && words.length === 1 ? single(first) : several(words)
}

const running = new Set(['queued', 'ringing', 'in_progress'])
/** Then the small index of calls under way is enough. */
const isAllRunning = (status: NonNullable<CallFilter['status']>): boolean => status.every((word) => running.has(word))

function cost({ cost_min: min, cost_max: max, cost_currency: currency }: CallFilter): SQL[] {
  if (currency === undefined || (min === undefined && max === undefined)) return []
  const bound = (field: 'cost_min' | 'cost_max', amount: string): number => {
    const minor = minorOf(amount, currency)
    if (minor === null) throw unusable(field, 'must be an amount such as 12.50')
    return minor
  }
  return [
    eq(call.costCurrency, currency),
    ...(min === undefined ? [] : [gte(call.costMinor, bound('cost_min', min))]),
    ...(max === undefined ? [] : [lte(call.costMinor, bound('cost_max', max))]),
  ]
}

function assignedTo(whose: NonNullable<CallFilter['assigned']>, actor: Actor): SQL | undefined {
  if (whose === 'nobody') return and(eq(call.followUp, 'open'), isNull(call.assignedTo))
  if (whose === 'anyone') return isNotNull(call.assignedTo)
  if (whose !== 'me') return eq(call.assignedTo, whose)
  if (actor.kind !== 'person' || !actor.membership)
    throw unusable('assigned', 'is mine or yours only where somebody is signed in')
  return eq(call.assignedTo, actor.membership.id)
}

function daysBack(period: NonNullable<CallFilter['period']>, zone: string): SQL {
  const before = { today: 0, '7d': 6, '30d': 29 }[period]
  return sql`(date_trunc('day', now() at time zone ${zone}) - make_interval(days => ${before})) at time zone ${zone}`
}

function unusable(field: string, what: string): AppError {
  return new AppError('invalid_input', 'Some fields need another look.', { fields: { [field]: what } })
}
