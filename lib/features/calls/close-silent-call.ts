import { and, asc, eq, lt, max, or } from 'drizzle-orm'
import { z } from 'zod'

import { call, callTurn } from '#drizzle/schema/call'

import { perActor } from '../../guard/limits.ts'
import { command, oncePerTarget, recorded } from '../../guard/use-case.ts'
import type { CallRow } from './call-row.ts'
import { callEvents } from './events.ts'
import { patience } from './silence.ts'
import { talkBetween } from './talk-between.ts'

/**
 * Closes the call of the organisation that was silent longest, if any was for as long as its status allows: its end is unknown,
 * and was no later than anything heard of it. What is told of it afterwards still counts, a known ending before all.
 */
export const closeSilentCall = command({
  name: 'calls.close',
  allow: 'platform.manage',
  limit: perActor(12_000, 'minute'),
  audit: oncePerTarget('call.closed'),
  input: z.strictObject({}),
  output: z.object({ is_closed: z.boolean() }),
  async run({ tx, organisation: org, now }) {
    const isSilent = Object.entries(patience).map(
      ([status, seconds]) =>
        and(
          eq(call.status, status as keyof typeof patience),
          lt(call.updatedAt, new Date(now.getTime() - seconds * 1000)),
        ), // its own key
    )
    const [stored] = await tx
      .select()
      .from(call)
      .where(and(eq(call.org, org), or(...isSilent)))
      .orderBy(asc(call.updatedAt))
      .limit(1)
      .for('update', { skipLocked: true })
    if (!stored) return recorded({ is_closed: false }, { target: null, isFirst: false })
    const [last] = await tx
      .select({ atMs: max(callTurn.atMs) })
      .from(callTurn)
      .where(and(eq(callTurn.org, org), eq(callTurn.callId, stored.id)))
    const [row] = await tx
      .update(call)
      .set({ ...closing(stored, last?.atMs ?? null), status: 'unknown_end', endedReason: 'unknown', updatedAt: now })
      .where(and(eq(call.org, org), eq(call.id, stored.id)))
      .returning()
    if (!row) throw new Error('an updated call was not returned')
    return recorded(
      { is_closed: true },
      {
        target: row.id,
        isFirst: true,
        facts: { was: stored.status },
        ...callEvents({ row, isNew: false, isDuplicate: false, statusBefore: stored.status }),
      },
    )
  },
})

/** Talk is paid for, so none is counted after the last word anybody said. */
function closing(stored: CallRow, lastTurnMs: number | null): Pick<CallRow, 'endedAt' | 'talkMs' | 'told'> {
  const heardUntil = stored.updatedAt.getTime()
  const from = (stored.answeredAt ?? stored.startedAt).getTime()
  const lastHeard =
    stored.status === 'in_progress' ? from + (lastTurnMs ?? 0) : (stored.factsAt ?? stored.startedAt).getTime()
  const endedAt = stored.endedAt ?? new Date(Math.max(from, Math.min(lastHeard, heardUntil)))
  const talkMs = stored.talkMs ?? (stored.answeredAt ? talkBetween(from, endedAt.getTime()) : null)
  // Told by nobody: whoever tells the length of the talk knows better.
  const told = stored.talkMs === null ? { ...stored.told, talkMs: '' } : stored.told
  return { endedAt, talkMs, told }
}
