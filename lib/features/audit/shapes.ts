import { z } from 'zod'

import { isUuid } from '../../kernel/ids.ts'
import { DayOrTime } from '../../kernel/when.ts'

const Id = z.string().refine(isUuid, 'must be an id')

export const actorKinds = ['person', 'api_key', 'provider', 'operator', 'system', 'nobody'] as const

/** One filter object for screen and API. Every member narrows. */
export const ListEntries = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(300).optional(),
  actor: Id.optional(),
  actor_kind: z.enum(actorKinds).optional(),
  action: z
    .string()
    .regex(/^[a-z][a-z-]{0,39}\.[a-z][a-z-]{0,39}$/, 'must be an action such as call.ingested')
    .optional(),
  target: Id.optional(),
  result: z.enum(['done', 'refused']).optional(),
  request_id: Id.optional(),
  address: z.union([z.ipv4(), z.ipv6()]).optional(),
  from: DayOrTime.optional(),
  to: DayOrTime.optional(),
})
export type ListEntries = z.infer<typeof ListEntries>

export const ShownEntry = z.object({
  id: z.string(),
  at: z.string(),
  actor: z.object({ kind: z.enum(actorKinds), id: z.string().nullable(), name: z.string().nullable() }),
  action: z.string(),
  target: z.string().nullable(),
  result: z.enum(['done', 'refused']),
  request_id: z.string(),
  /** The true client address; null once erased. */
  address: z.string().nullable(),
  user_agent: z.string().nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  details: z.array(z.object({ name: z.string(), value: z.string() })),
})
export type ShownEntry = z.infer<typeof ShownEntry>

export const EntryPage = z.object({
  data: z.array(ShownEntry),
  next_cursor: z.string().nullable(),
  /** How many entries were looked through for an address, which is sealed and found by opening it. Null: no address was asked for. */
  looked_through: z.number().nullable(),
})
export type EntryPage = z.infer<typeof EntryPage>

/** Entries whose target is a call: all of these, and no other that sounds like one. */
const ofCalls = new Set([
  'call.assigned',
  'call.caller-revealed',
  'call.closed',
  'call.follow-up-asked',
  'call.follow-up-finished',
  'call.ingested',
  'call.outcome-set',
  'call.tagged',
  'note.added',
  'note.deleted',
  'note.edited',
  'recording.deleted',
  'recording.played',
  'recording.stored',
  'transcript.read',
])

export function isOfCall(action: string): boolean {
  return ofCalls.has(action)
}
