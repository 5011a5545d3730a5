import { and, eq } from 'drizzle-orm'

import { voiceAgent } from '#drizzle/schema/voice-agent'

import type { Context } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import type { Tx } from '../../platform/db/transaction.ts'

export const mostNumbers = 1_000

/** @throws AppError not_found for a voice agent that is not the organisation's */
export async function requireAgent(
  { tx, organisation: org }: Pick<Context<unknown>, 'organisation'> & { tx: Tx },
  id: string,
): Promise<void> {
  const [found] = await tx
    .select({ id: voiceAgent.id })
    .from(voiceAgent)
    .where(and(eq(voiceAgent.org, org), eq(voiceAgent.id, id)))
  if (!found) throw notFound()
}
