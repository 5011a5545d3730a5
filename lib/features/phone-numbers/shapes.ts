import { z } from 'zod'

import { isUuid } from '../../kernel/ids.ts'
import { HoursShape, TimeZoneName } from '../voice-agents/shapes.ts'

const NumberId = z.string().refine(isUuid, 'must be the id of a number')
const AgentId = z.string().refine(isUuid, 'must be the id of a voice agent')
const Written = z.string().trim().min(1, 'is needed').max(60)
const Label = z.string().trim().max(120)
const ProviderName = z.string().trim().min(1).max(60)

/** `number`: international, or as it is dialled where the organisation is. */
export const AddNumber = z.strictObject({
  number: Written,
  label: Label.default(''),
  provider: ProviderName.optional(),
  voice_agent: AgentId.optional(),
})
export const ChangeNumber = z.strictObject({
  id: NumberId,
  label: Label,
  provider: ProviderName.nullable(),
  voice_agent: AgentId.nullable(),
  /** Null: as its voice agent says. */
  hours: HoursShape.nullable(),
  time_zone: TimeZoneName,
  fallback_number: Written.nullable(),
})
export const OneNumber = z.strictObject({ id: NumberId })
export const ChangedNumber = z.object({ id: z.string() })

export const ImportNumbers = z.strictObject({ list: z.string().min(1).max(200_000) })
export const rowProblems = ['no_number', 'not_a_number', 'twice', 'there_already', 'wrong_country', 'too_long'] as const
export const ImportedNumbers = z.object({
  added: z.number(),
  /** By line number, as an editor counts. */
  left_out: z.array(z.object({ line: z.number(), why: z.enum(rowProblems) })),
})
export type ImportedNumbers = z.infer<typeof ImportedNumbers>

export const ListedNumber = z.object({
  id: z.string(),
  number: z.string(),
  country: z.string(),
  label: z.string(),
  provider: z.string().nullable(),
  voice_agent: z.object({ id: z.string(), name: z.string(), version: z.number().nullable() }).nullable(),
  hours: HoursShape.nullable(),
  time_zone: z.string(),
  fallback_number: z.string().nullable(),
  /** Whether a call at this moment would be taken; null: no hours are set, its own or its voice agent's. */
  is_open: z.boolean().nullable(),
  last_call_at: z.string().nullable(),
  /** Inbound calls of the last 30 days that ended, and how many of them were answered. */
  ended: z.number(),
  answered: z.number(),
})
export type ListedNumber = z.infer<typeof ListedNumber>

export const Numbers = z.object({
  data: z.array(ListedNumber),
  voice_agents: z.array(z.object({ id: z.string(), name: z.string() })),
  may_manage: z.boolean(),
})
export type Numbers = z.infer<typeof Numbers>
