import { and, eq } from 'drizzle-orm'

import { knowledgeDocument } from '#drizzle/schema/knowledge'
import { member, person } from '#drizzle/schema/person'
import { voiceAgent, voiceAgentVersion } from '#drizzle/schema/voice-agent'

import type { Context } from '../../guard/use-case.ts'
import type { Tx } from '../../platform/db/transaction.ts'
import { sealed } from '../../vault/columns.ts'
import { openConfig } from '../voice-agents/index.ts'

/** Every voice agent with its published config, which names the documents it answers from. */
export function publishedConfigs(tx: Tx, org: Context<unknown>['organisation']) {
  return tx
    .select({ name: voiceAgent.name, version: voiceAgentVersion })
    .from(voiceAgent)
    .innerJoin(
      voiceAgentVersion,
      and(
        eq(voiceAgentVersion.org, org),
        eq(voiceAgentVersion.agentId, voiceAgent.id),
        eq(voiceAgentVersion.number, voiceAgent.published),
      ),
    )
    .where(eq(voiceAgent.org, org))
    .orderBy(voiceAgent.name)
}

type Published = { name: string; version: typeof voiceAgentVersion.$inferSelect }

/** Documents with the names of those who added them. */
export function documentsOf(tx: Tx, org: Context<unknown>['organisation'], id?: string) {
  return tx
    .select({ row: knowledgeDocument, by: person.name })
    .from(knowledgeDocument)
    .innerJoin(member, and(eq(member.org, org), eq(member.id, knowledgeDocument.addedBy)))
    .innerJoin(person, eq(person.id, member.personId))
    .where(and(eq(knowledgeDocument.org, org), id === undefined ? undefined : eq(knowledgeDocument.id, id)))
}

export function showDocument(
  { vault }: Pick<Context<unknown>, 'vault'>,
  { row, by }: { row: typeof knowledgeDocument.$inferSelect; by: string },
  published: readonly Published[],
) {
  return {
    id: row.id,
    title: vault.open(sealed.knowledgeDocument.title, row.id, row.titleSealed),
    version: row.version,
    bytes: row.bytes,
    chunks: row.chunks,
    added_by: by,
    used_by: published
      .filter(({ version }) => openConfig(vault, version).knowledge.includes(row.id))
      .map(({ name }) => name),
    changed_at: row.changedAt.toISOString(),
  }
}
