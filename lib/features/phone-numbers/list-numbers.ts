import { and, asc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'

import { call } from '#drizzle/schema/call'
import { phoneNumber } from '#drizzle/schema/phone-number'
import { voiceAgent, voiceAgentVersion } from '#drizzle/schema/voice-agent'

import { holds } from '../../guard/allowed.ts'
import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { isOpenAt } from '../../kernel/opening-hours.ts'
import { sealed } from '../../vault/columns.ts'
import { openConfig } from '../voice-agents/index.ts'
import { Numbers } from './shapes.ts'

/** Every number of ours: who answers, whether they would now, and what its calls of the last 30 days say. */
export const listNumbers = query({
  name: 'numbers.list',
  allow: 'numbers.view',
  limit: perActor(300, 'minute'),
  audit: 'none',
  input: z.strictObject({}),
  output: Numbers,
  read: ({ tx, organisation: org }) => [
    tx
      .select({ row: phoneNumber, agent: voiceAgent, version: voiceAgentVersion })
      .from(phoneNumber)
      .leftJoin(voiceAgent, and(eq(voiceAgent.org, org), eq(voiceAgent.id, phoneNumber.voiceAgentId)))
      .leftJoin(
        voiceAgentVersion,
        and(
          eq(voiceAgentVersion.org, org),
          eq(voiceAgentVersion.agentId, voiceAgent.id),
          eq(voiceAgentVersion.number, voiceAgent.published),
        ),
      )
      .where(eq(phoneNumber.org, org))
      .orderBy(asc(phoneNumber.country), asc(phoneNumber.number)),
    tx
      .select({
        number: call.number,
        last: sql<string>`max(${call.startedAt})`,
        ended: sql<number>`count(*) filter (where ${call.direction} = 'inbound' and ${call.status} not in ('queued', 'ringing', 'in_progress'))::int`,
        answered: sql<number>`count(*) filter (where ${call.direction} = 'inbound' and ${call.status} not in ('queued', 'ringing', 'in_progress') and (${call.answeredAt} is not null or ${call.status} = 'completed'))::int`,
      })
      .from(call)
      .where(
        and(
          eq(call.org, org),
          eq(call.environment, 'live'),
          sql`${call.startedAt} > now() - interval '30 days'`,
          sql`${call.number} in (select number from phone_number where org = ${org})`,
        ),
      )
      .groupBy(call.number),
    tx
      .select({ id: voiceAgent.id, name: voiceAgent.name })
      .from(voiceAgent)
      .where(eq(voiceAgent.org, org))
      .orderBy(asc(sql`lower(${voiceAgent.name})`)),
  ],
  answer({ actor, vault, now }, [rows, health, agents]) {
    const healthOf = new Map(health.map((one) => [one.number, one]))
    return {
      data: rows.map(({ row, agent, version }) => {
        const config = version && openConfig(vault, version)
        const hours = row.hours ?? config?.hours ?? null
        const zone = row.hours ? row.timeZone : (config?.time_zone ?? row.timeZone)
        const seen = healthOf.get(row.number)
        return {
          id: row.id,
          number: row.number,
          country: row.country,
          label: row.label,
          provider: row.provider,
          voice_agent: agent && { id: agent.id, name: agent.name, version: agent.published },
          hours: row.hours,
          time_zone: row.timeZone,
          fallback_number: row.fallbackSealed && vault.open(sealed.phoneNumber.fallback, row.id, row.fallbackSealed),
          is_open: hours && isOpenAt(hours, zone, now),
          last_call_at: seen ? new Date(seen.last).toISOString() : null,
          ended: seen?.ended ?? 0,
          answered: seen?.answered ?? 0,
        }
      }),
      voice_agents: agents,
      may_manage: holds(actor, 'numbers.manage'),
    }
  },
})
