import { and, desc, eq, inArray, sql } from 'drizzle-orm'

import { apiKey } from '#drizzle/schema/api-key'
import { auditEntry } from '#drizzle/schema/audit'
import { person } from '#drizzle/schema/person'

import { holds } from '../../guard/allowed.ts'
import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { OneCall, Openings } from './shapes.ts'

const opening = ['transcript.read', 'recording.played', 'call.caller-revealed']
const shown = 30

/** Who opened a call, from the audit log: read it, heard it, revealed its caller. Newest first. */
export const listOpenings = query({
  name: 'calls.list-openings',
  allow: 'calls.view',
  limit: perActor(1_200, 'minute'),
  audit: 'none',
  input: OneCall,
  output: Openings,
  read({ tx, input, organisation: org }) {
    const ofThisCall = and(
      eq(auditEntry.org, org),
      eq(auditEntry.target, input.id),
      eq(auditEntry.result, 'done'),
      inArray(auditEntry.action, opening),
    )
    return [
      tx
        .select({ people: sql<number>`count(distinct ${auditEntry.actor})::int` })
        .from(auditEntry)
        .where(and(ofThisCall, eq(auditEntry.actorKind, 'person'))),
      tx
        .select({
          action: auditEntry.action,
          actorKind: auditEntry.actorKind,
          person: person.name,
          key: apiKey.name,
          at: auditEntry.recordedAt,
        })
        .from(auditEntry)
        .leftJoin(person, eq(person.id, auditEntry.actor))
        .leftJoin(apiKey, and(eq(apiKey.org, org), eq(apiKey.id, auditEntry.apiKeyId)))
        .where(ofThisCall)
        .orderBy(desc(auditEntry.recordedAt))
        .limit(shown),
    ]
  },
  answer({ actor }, [[counted], rows]) {
    const data = rows.map(({ action, actorKind, at, ...names }) => ({
      action,
      who: names.person ?? names.key,
      kind: actorKind === 'person' || actorKind === 'api_key' ? actorKind : ('other' as const),
      at: new Date(at).toISOString(),
    }))
    return { people: counted?.people ?? 0, data: holds(actor, 'audit.view') ? data : null }
  },
})
