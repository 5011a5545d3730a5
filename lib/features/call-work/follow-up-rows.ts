import { and, eq, inArray } from 'drizzle-orm'

import { callFollowUp } from '#drizzle/schema/call-work'
import { member, memberToggle } from '#drizzle/schema/person'

import { actingMember } from '../../guard/acting-member.ts'
import { may } from '../../guard/resolve.ts'
import { AppError, notFound } from '../../kernel/app-error.ts'
import { asId, newId } from '../../kernel/ids.ts'
import type { Context } from '../../guard/use-case.ts'
import type { Tx } from '../../platform/db/transaction.ts'
import { sealed } from '../../vault/columns.ts'
import { cleanText } from '../../kernel/clean-text.ts'
import { meant, requireOwn } from './policy.ts'
import { holdCalls } from './set-tag.ts'

type Acting = Pick<Context<unknown>, 'actor' | 'organisation' | 'now' | 'vault'> & { tx: Tx }
export type FollowUpRow = typeof callFollowUp.$inferSelect

/** The follow-ups of calls, those and their calls held until the act is done. */
export async function holdFollowUps(acting: Acting, ids: readonly string[]): Promise<FollowUpRow[]> {
  await holdCalls(acting, ids)
  return acting.tx
    .select()
    .from(callFollowUp)
    .where(and(eq(callFollowUp.org, acting.organisation), inArray(callFollowUp.callId, [...ids])))
    .orderBy(callFollowUp.callId)
    .for('update')
}

/**
 * Refuses to give a follow-up to somebody who would not see it.
 * @throws AppError not_found for no member of this organisation; conflict
 */
export async function requireReach({ tx, organisation: org }: Acting, memberId: string): Promise<void> {
  const [[found], toggles] = await Promise.all([
    tx
      .select({ role: member.role, suspendedAt: member.suspendedAt })
      .from(member)
      .where(and(eq(member.org, org), eq(member.id, memberId)))
      .for('share'),
    tx
      .select({ permission: memberToggle.permission, effect: memberToggle.effect })
      .from(memberToggle)
      .where(and(eq(memberToggle.org, org), eq(memberToggle.memberId, memberId))),
  ])
  if (!found) throw notFound()
  const seesCalls = may(
    {
      id: asId(memberId),
      role: found.role,
      isSuspended: found.suspendedAt !== null,
      toggles: Object.fromEntries(toggles.map(({ permission, effect }) => [permission, effect])),
      groups: [],
    },
    'calls.view',
  )
  if (!seesCalls) throw new AppError('conflict', 'This member may not see calls. Choose somebody else.')
}

/**
 * Opens a follow-up on each call, or passes on the one that is open.
 * @returns the calls that were not so before
 */
export async function askForThese(
  acting: Acting,
  { ids, to, why }: { ids: readonly string[]; to: string; why?: string | undefined },
): Promise<string[]> {
  const { tx, actor, organisation: org, vault, now } = acting
  const me = actingMember(actor)
  const assignedTo = meant(to, me)
  const before = new Map((await holdFollowUps(acting, ids)).map((row) => [row.callId, row]))
  requireOwn(actor, assignedTo, ...[...before.values()].map((row) => (row.state === 'open' ? row.assignedTo : null)))
  if (assignedTo !== null && assignedTo !== me) await requireReach(acting, assignedTo)
  const text = why === undefined || why === '' ? null : cleanText(why, actor)
  const changing = ids.filter((id) => {
    const row = before.get(id)
    return row?.state !== 'open' || row.assignedTo !== assignedTo || (text !== null && !says(acting, row, text))
  })
  for (const callId of changing) {
    const row = before.get(callId)
    const id = row?.id ?? newId<'follow-up'>()
    const reason = text === null ? {} : { whySealed: vault.seal(sealed.callFollowUp.why, id, text) }
    if (!row) {
      await tx
        .insert(callFollowUp)
        .values({ org, id, callId, state: 'open', assignedTo, askedBy: me, askedAt: now, ...reason })
    } else {
      const again =
        row.state === 'open' ? {} : { askedBy: me, askedAt: now, doneBy: null, doneAt: null, whySealed: null }
      await tx
        .update(callFollowUp)
        .set({ state: 'open', assignedTo, ...again, ...reason })
        .where(and(eq(callFollowUp.org, org), eq(callFollowUp.id, row.id)))
    }
  }
  return changing
}

function says({ vault }: Acting, { id, whySealed }: FollowUpRow, text: string): boolean {
  return whySealed !== null && vault.open(sealed.callFollowUp.why, id, whySealed) === text
}

/**
 * Marks the open follow-ups of these calls done.
 * @returns the calls that were not so before
 */
export async function finishThese(acting: Acting, ids: readonly string[]): Promise<string[]> {
  const { tx, actor, organisation: org, now } = acting
  const me = actingMember(actor)
  const open = (await holdFollowUps(acting, ids)).filter((row) => row.state === 'open')
  requireOwn(actor, ...open.map((row) => row.assignedTo))
  if (open.length === 0) return []
  await tx
    .update(callFollowUp)
    .set({ state: 'done', doneBy: me, doneAt: now })
    .where(
      and(
        eq(callFollowUp.org, org),
        inArray(
          callFollowUp.id,
          open.map((row) => row.id),
        ),
      ),
    )
  return open.map((row) => row.callId)
}
