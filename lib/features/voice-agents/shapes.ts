import { z } from 'zod'

import { agentLanguages } from '../../kernel/agent-config.ts'
import { isUuid } from '../../kernel/ids.ts'
import { weekdays } from '../../kernel/opening-hours.ts'
import { holdsNoNumber } from '../../kernel/redaction.ts'

const AgentId = z.string().refine(isUuid, 'must be the id of a voice agent')
/** Calls carry it in the open, whoever may see numbers. */
const Name = z.string().trim().min(1).max(120).refine(holdsNoNumber, 'must hold no phone number')
const Note = z.string().trim().min(1, 'say what changes, in a few words').max(300)

const clock = /^(?:[01]\d|2[0-3]):[0-5]\d$/
const Open = z
  .strictObject({
    from: z.string().regex(clock, 'must be a time such as 08:00'),
    to: z.string().regex(clock, 'must be a time such as 18:00'),
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after the opening time' })

/** Hours of a week: a day that is absent is closed. */
export const HoursShape = z.partialRecord(z.enum(weekdays), Open)

const zones = new Set(Intl.supportedValuesOf('timeZone'))

export const TimeZoneName = z.string().refine((zone) => zones.has(zone), 'must be a time zone such as Africa/Lagos')

/** The one shape of a config: the form, a file that is brought in, and what lies sealed. */
export const AgentConfig = z.strictObject({
  greeting: z.string().trim().min(1, 'say what it answers with').max(500),
  disclosure: z.string().trim().min(1, 'say that a machine speaks').max(500),
  languages: z
    .array(z.enum(agentLanguages))
    .min(1, 'choose at least one')
    .refine((list) => new Set(list).size === list.length, 'must name each language once'),
  voice: z.string().trim().min(1).max(60),
  time_zone: TimeZoneName,
  hours: HoursShape,
  fallback: z.strictObject({
    text: z.string().trim().min(1, 'say what it tells a caller then').max(500),
    number: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/, 'must be a number such as +2342017001234')
      .nullable(),
  }),
  knowledge: z
    .array(z.string().refine(isUuid, 'must be the id of a document'))
    .max(100)
    .refine((list) => new Set(list).size === list.length, 'must name each document once')
    .default([]),
})

export const AddVoiceAgent = z.strictObject({ name: Name })
export const RenameVoiceAgent = z.strictObject({ id: AgentId, name: Name })
export const OneVoiceAgent = z.strictObject({ id: AgentId })
export const ChangedVoiceAgent = z.object({ id: z.string() })

/** `based_on`: the number of the version it was begun from, 0 before there was one. */
export const SaveDraft = z.strictObject({ id: AgentId, based_on: z.int().min(0), config: AgentConfig })
export const SavedDraft = z.object({ id: z.string(), saved_at: z.string() })

/** Publishes one's own draft. */
export const PublishVersion = z.strictObject({ id: AgentId, note: Note })
/** `number`: the version to go back to. `last`: the one that counted when this was asked. */
export const RestoreVersion = z.strictObject({ id: AgentId, number: z.int().positive(), last: z.int().positive() })
export const PublishedVersion = z.object({ id: z.string(), number: z.number() })

export const VoiceAgents = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** Null: nothing was published yet. */
      version: z.number().nullable(),
      published_at: z.string().nullable(),
      published_by: z.string().nullable(),
      has_draft: z.boolean(),
    }),
  ),
  may_manage: z.boolean(),
})
export type VoiceAgents = z.infer<typeof VoiceAgents>

export const VoiceAgentDetail = z.object({
  id: z.string(),
  name: z.string(),
  may_manage: z.boolean(),
  /** What a form begins with: one’s own draft, what is published, or what every new voice agent says. */
  config: AgentConfig,
  /** One’s own. */
  draft: z.object({ based_on: z.number(), config: AgentConfig, saved_at: z.string() }).nullable(),
  /** What it could answer from. */
  documents: z.array(z.object({ id: z.string(), title: z.string() })),
  /** Who else has one. */
  others_drafting: z.array(z.string()),
  /** Newest first: the first one counts. */
  versions: z.array(
    z.object({
      number: z.number(),
      config: AgentConfig,
      note: z.string(),
      restores: z.number().nullable(),
      published_by: z.string(),
      published_at: z.string(),
    }),
  ),
  /** There are older ones than these. */
  has_older: z.boolean(),
})
export type VoiceAgentDetail = z.infer<typeof VoiceAgentDetail>
