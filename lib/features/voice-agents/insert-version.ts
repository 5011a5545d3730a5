import { and, eq } from 'drizzle-orm'

import { voiceAgent, voiceAgentVersion } from '#drizzle/schema/voice-agent'

import type { Context } from '../../guard/use-case.ts'
import type { AgentConfig } from '../../kernel/agent-config.ts'
import { newId } from '../../kernel/ids.ts'
import type { Tx } from '../../platform/db/transaction.ts'
import { sealed } from '../../vault/columns.ts'
import { configText } from './config-row.ts'

interface NewVersion {
  /** Held by this transaction. */
  agent: typeof voiceAgent.$inferSelect
  config: AgentConfig
  note: string
  restores: number | null
  member: string
}

/** Puts one more version behind the last and makes it the one that counts. Gives its number. */
export async function insertVersion(
  { tx, organisation: org, vault, now }: Pick<Context<unknown>, 'organisation' | 'vault' | 'now'> & { tx: Tx },
  { agent, config, note, restores, member }: NewVersion,
): Promise<number> {
  const id = newId<'voice-agent-version'>()
  const number = (agent.published ?? 0) + 1
  await tx.insert(voiceAgentVersion).values({
    org,
    id,
    agentId: agent.id,
    number,
    configSealed: vault.seal(sealed.voiceAgentVersion.config, id, configText(config)),
    noteSealed: vault.seal(sealed.voiceAgentVersion.note, id, note),
    restores,
    publishedBy: member,
    publishedAt: now,
  })
  await tx
    .update(voiceAgent)
    .set({ published: number })
    .where(and(eq(voiceAgent.org, org), eq(voiceAgent.id, agent.id)))
  return number
}
