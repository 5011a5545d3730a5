import { and, eq } from 'drizzle-orm'

import { voiceAgentVersion } from '#drizzle/schema/voice-agent'

import type { Context } from '../../guard/use-case.ts'
import type { AgentConfig } from '../../kernel/agent-config.ts'
import type { Tx } from '../../platform/db/transaction.ts'
import { openConfig } from './config-row.ts'

/** The config of one version; null where there is none of this number. */
export async function findVersion(
  { tx, organisation: org, vault }: Pick<Context<unknown>, 'organisation' | 'vault'> & { tx: Tx },
  agentId: string,
  number: number,
): Promise<AgentConfig | null> {
  const [row] = await tx
    .select({ id: voiceAgentVersion.id, configSealed: voiceAgentVersion.configSealed })
    .from(voiceAgentVersion)
    .where(
      and(eq(voiceAgentVersion.org, org), eq(voiceAgentVersion.agentId, agentId), eq(voiceAgentVersion.number, number)),
    )
  return row ? openConfig(vault, row) : null
}
