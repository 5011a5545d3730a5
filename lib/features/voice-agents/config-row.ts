import { and, eq, inArray } from 'drizzle-orm'

import { knowledgeDocument } from '#drizzle/schema/knowledge'
import { voiceAgent, voiceAgentDraft, type voiceAgentVersion } from '#drizzle/schema/voice-agent'

import type { Context } from '../../guard/use-case.ts'
import type { AgentConfig as Config } from '../../kernel/agent-config.ts'
import { AppError, notFound } from '../../kernel/app-error.ts'
import type { Tx } from '../../platform/db/transaction.ts'
import { sealed } from '../../vault/columns.ts'
import type { Vault } from '../../vault/open-vault.ts'
import { AgentConfig } from './shapes.ts'

type Writing = Pick<Context<unknown>, 'organisation'> & { tx: Tx }

/** As it lies sealed. */
export const configText = (config: Config): string => JSON.stringify(config)
/** @throws ZodError for a text that was never a config of ours */
export const configFrom = (text: string): Config => AgentConfig.parse(JSON.parse(text))

/** The config of a version, opened. */
export function openConfig(
  vault: Vault,
  { id, configSealed }: Pick<typeof voiceAgentVersion.$inferSelect, 'id' | 'configSealed'>,
): Config {
  return configFrom(vault.open(sealed.voiceAgentVersion.config, id, configSealed))
}

/** The voice agent, held until commit: what is published meanwhile waits. */
export async function holdAgent(
  { tx, organisation: org }: Writing,
  id: string,
): Promise<typeof voiceAgent.$inferSelect> {
  const [row] = await tx
    .select()
    .from(voiceAgent)
    .where(and(eq(voiceAgent.org, org), eq(voiceAgent.id, id)))
    .for('update')
  if (!row) throw notFound()
  return row
}

/** @throws AppError conflict where a config names a document that is not there */
export async function requireDocuments({ tx, organisation: org }: Writing, { knowledge }: Config): Promise<void> {
  if (knowledge.length === 0) return
  const here = and(eq(knowledgeDocument.org, org), inArray(knowledgeDocument.id, knowledge))
  if ((await tx.$count(knowledgeDocument, here)) < knowledge.length)
    throw new AppError('conflict', 'A document this answers from was deleted. Choose again.')
}

export function ownDraft(organisation: Context<unknown>['organisation'], agentId: string, member: string) {
  return and(
    eq(voiceAgentDraft.org, organisation),
    eq(voiceAgentDraft.agentId, agentId),
    eq(voiceAgentDraft.memberId, member),
  )
}

/** @throws AppError conflict where somebody published since */
export function requireLast(agent: typeof voiceAgent.$inferSelect, basedOn: number): void {
  const last = agent.published ?? 0
  if (last === basedOn) return
  throw new AppError('conflict', `Version ${last} was published meanwhile. See what it changed, then decide again.`)
}
