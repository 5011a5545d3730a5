import { z } from 'zod'

import { isUuid } from '../../kernel/ids.ts'
import { holdsNoNumber } from '../../kernel/redaction.ts'
import { providerKinds } from '../../kernel/provider-kind.ts'
import { GenericMapping } from './adapters/generic-mapping.ts'

const ProviderId = z.string().refine(isUuid, 'must be the id of a provider')
/** Everybody who may see providers sees it, whatever they may see of numbers. */
const Name = z.string().trim().min(1).max(120).refine(holdsNoNumber, 'must hold no phone number')
/** As pasted: no provider's secret begins or ends with a space. */
const Secret = z.string().trim().min(8).max(500)
/** What each kind takes is its adapter's to say; here only that it is an object, and no large one. */
const Settings = z
  .record(z.string().max(60), z.unknown())
  .refine((settings) => JSON.stringify(settings).length <= 20_000, 'must be shorter')

const environments = ['live', 'test'] as const

export const AddProvider = z.strictObject({
  kind: z.enum(providerKinds),
  name: Name,
  /** What the provider signs with or sends along. Left out: made here, where the provider lets its user choose it. */
  secret: Secret.optional(),
  environment: z.enum(environments).default('live'),
  settings: Settings.default({}),
})

/** `secret` is shown this once, and only when it was made here. */
export const AddedProvider = z.object({
  id: z.string(),
  path: z.string(),
  address: z.string(),
  secret: z.string().nullable(),
})

export const OneProvider = z.strictObject({ id: ProviderId })
export const ChangedProvider = z.object({ id: z.string() })
export const RenameProvider = z.strictObject({ id: ProviderId, name: Name })

/** Without `keep_previous` the old secret ends at once: for one that leaked. */
export const RotateSecret = z.strictObject({
  id: ProviderId,
  secret: Secret.optional(),
  keep_previous: z.boolean().default(true),
})
export const RotatedSecret = z.object({
  id: z.string(),
  secret: z.string().nullable(),
  previous_until: z.string().nullable(),
})

const rejectionReasons = [
  'missing',
  'malformed',
  'stale',
  'mismatch',
  'disabled',
  'suspended',
  'wrong_type',
  'unreadable',
  'too_large',
  'too_many',
] as const
const RejectionReason = z.enum(rejectionReasons)
export type RejectionReason = z.infer<typeof RejectionReason>

export const ListedProvider = z.object({
  id: z.string(),
  kind: z.enum(providerKinds),
  kind_name: z.string(),
  name: z.string(),
  environment: z.enum(environments),
  /** How far an event can be told from a forgery, as a word for programs and in words for people. */
  authenticity: z.enum(['signed', 'shared_secret', 'unsigned']),
  authenticity_words: z.string(),
  /** What came of holding its calls against the provider's own log, where nothing signs them; null where something does. */
  reconciliation: z
    .object({
      checked_at: z.string().nullable(),
      agrees: z.number(),
      differs: z.number(),
      absent: z.number(),
    })
    .nullable(),
  countries: z.array(z.string()),
  /** Null: not for this reader, or from before addresses were kept. */
  address: z.string().nullable(),
  settings: z.record(z.string(), z.unknown()).nullable(),
  is_disabled: z.boolean(),
  created_at: z.string(),
  /** Until when the secret before this one still counts; null: it does not. */
  previous_secret_until: z.string().nullable(),
  /** The last one that was taken: verified, where anything can be. */
  last_event_at: z.string().nullable(),
  accepted: z.number(),
  rejected: z.number(),
  /** Newest first. */
  rejections: z.array(z.object({ at: z.string(), reason: RejectionReason, request_id: z.string() })),
})
export type ListedProvider = z.infer<typeof ListedProvider>

export const ProviderList = z.object({
  data: z.array(ListedProvider),
  may_manage: z.boolean(),
  /** How many the plan holds; null: as many as one likes. */
  most: z.number().nullable(),
})
export type ProviderList = z.infer<typeof ProviderList>

/** A sample as pasted, for trying a mapping on. */
export const TryMapping = z.strictObject({ sample: z.string().min(2).max(65_536), mapping: GenericMapping })
const TriedField = z.object({
  field: z.string(),
  /** `strange`: a word the mapping's table does not know; it would pass visibly. */
  outcome: z.enum(['found', 'missing', 'strange', 'invalid']),
  shown: z.string().nullable(),
  problem: z.string().nullable(),
})
export const TriedMapping = z.object({ fields: z.array(TriedField) })
export type TriedMapping = z.infer<typeof TriedMapping>
