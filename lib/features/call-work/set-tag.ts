import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'

import { call } from '#drizzle/schema/call'
import { callTag, tag } from '#drizzle/schema/call-work'

import { actingMember } from '../../guard/acting-member.ts'
import type { Context } from '../../guard/use-case.ts'
import { AppError, notFound } from '../../kernel/app-error.ts'
import type { Tx } from '../../platform/db/transaction.ts'

const mostTagsOfCall = 20

type Acting = Pick<Context<unknown>, 'actor' | 'organisation' | 'now'> & { tx: Tx }

/**
 * The calls meant, held until the act is done, in one order so that two acts never wait for each other.
 * @throws AppError not_found when one is missing or another organisation's: then none is touched
 */
export async function holdCalls(
  { tx, organisation: org }: Pick<Acting, 'tx' | 'organisation'>,
  ids: readonly string[],
): Promise<void> {
  const found = await tx
    .select({ id: call.id })
    .from(call)
    .where(and(eq(call.org, org), inArray(call.id, [...ids])))
    .orderBy(call.id)
    .for('update')
  if (found.length !== ids.length) throw notFound()
}

/**
 * Puts a tag on calls or takes it off.
 * @returns the calls that were not so before
 */
export async function setTag(
  acting: Acting,
  given: { ids: readonly string[]; tag: string; is_on: boolean },
): Promise<string[]> {
  const { tx, actor, organisation: org, now } = acting
  const me = actingMember(actor)
  await holdCalls(acting, given.ids)
  const [known] = await tx
    .select({ id: tag.id })
    .from(tag)
    .where(and(eq(tag.org, org), eq(tag.id, given.tag), isNull(tag.deletedAt)))
    .for('share')
  if (!known) throw notFound()
  const changed = await (given.is_on
    ? tx
        .insert(callTag)
        .values(given.ids.map((callId) => ({ org, callId, tagId: known.id, taggedBy: me, taggedAt: now })))
        .onConflictDoNothing()
        .returning({ id: callTag.callId })
    : tx
        .delete(callTag)
        .where(and(eq(callTag.org, org), inArray(callTag.callId, [...given.ids]), eq(callTag.tagId, known.id)))
        .returning({ id: callTag.callId }))
  const ids = changed.map(({ id }) => id)
  if (given.is_on && ids.length > 0) await tidy(tx, org, ids)
  return ids
}

/** Tags deleted since leave the calls they were on when these change anyway; what then remains must not be too many. */
async function tidy(tx: Tx, org: string, ids: string[]): Promise<void> {
  const dead = tx
    .select({ id: tag.id })
    .from(tag)
    .where(and(eq(tag.org, org), isNotNull(tag.deletedAt)))
  await tx.delete(callTag).where(and(eq(callTag.org, org), inArray(callTag.callId, ids), inArray(callTag.tagId, dead)))
  const full = await tx
    .select({ id: callTag.callId })
    .from(callTag)
    .where(and(eq(callTag.org, org), inArray(callTag.callId, ids)))
    .groupBy(callTag.callId)
    .having(sql`count(*) > ${mostTagsOfCall}`)
  if (full.length > 0) throw new AppError('conflict', `A call holds at most ${mostTagsOfCall} tags.`)
}
