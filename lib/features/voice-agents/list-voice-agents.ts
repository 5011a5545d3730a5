import { and, asc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'

import { member, person } from '#drizzle/schema/person'
import { voiceAgent, voiceAgentDraft, voiceAgentVersion } from '#drizzle/schema/voice-agent'

import { holds } from '../../guard/allowed.ts'
import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { VoiceAgents } from './shapes.ts'

/** Every voice agent, with the version that counts. */
export const listVoiceAgents = query({
  name: 'voice-agents.list',
  allow: 'config.view',
  limit: perActor(600, 'minute'),
  audit: 'none',
  input: z.strictObject({}),
  output: VoiceAgents,
  read: ({ tx, organisation: org, actor }) => [
    tx
      .select({
        id: voiceAgent.id,
        name: voiceAgent.name,
        version: voiceAgent.published,
        publishedAt: voiceAgentVersion.publishedAt,
        publishedBy: person.name,
      })
      .from(voiceAgent)
      .leftJoin(
        voiceAgentVersion,
        and(
          eq(voiceAgentVersion.org, org),
          eq(voiceAgentVersion.agentId, voiceAgent.id),
          eq(voiceAgentVersion.number, voiceAgent.published),
        ),
      )
      .leftJoin(member, and(eq(member.org, org), eq(member.id, voiceAgentVersion.publishedBy)))
      .leftJoin(person, eq(person.id, member.personId))
      .where(eq(voiceAgent.org, org))
      .orderBy(asc(sql`lower(${voiceAgent.name})`)),
    tx
      .select({ agentId: voiceAgentDraft.agentId })
      .from(voiceAgentDraft)
      .where(
        and(
          eq(voiceAgentDraft.org, org),
          actor.kind === 'person' && actor.membership ? eq(voiceAgentDraft.memberId, actor.membership.id) : sql`false`,
        ),
      ),
  ],
  answer({ actor }, [agents, drafts]) {
    const drafted = new Set(drafts.map(({ agentId }) => agentId))
    return {
      data: agents.map(({ publishedAt, publishedBy, ...row }) => ({
        ...row,
        published_at: publishedAt?.toISOString() ?? null,
        published_by: publishedBy,
        has_draft: drafted.has(row.id),
      })),
      may_manage: holds(actor, 'config.manage'),
    }
  },
})
