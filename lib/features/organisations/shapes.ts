import { z } from 'zod'

import { countryPresets } from '../../kernel/country-preset.ts'
import { isUuid } from '../../kernel/ids.ts'
import { plans } from '../../kernel/plan.ts'
import { Email } from '../identity/shapes.ts'

/** A tenant key as the key service wrapped it; never unwrapped on its way here. */
const WrappedKey = z.strictObject({
  purpose: z.enum(['field', 'blob', 'index', 'live']),
  version: z.int().positive(),
  state: z.enum(['pending', 'active', 'decrypt_only', 'destroyed']),
  kmsKey: z.string(),
  region: z.string(),
  wrapped: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
})

/** What the sign-up form sends; the country brings the rest. */
export const SignUp = z.strictObject({
  organisation: z.string().trim().min(1).max(120),
  country: z.enum(countryPresets.map(({ country }) => country)),
  name: z.string().trim().min(1).max(120),
  email: Email,
  password: z.string().min(8, 'use at least 8 characters').max(128, 'use at most 128 characters'),
})

export const CreateOrganisation = z.strictObject({
  name: z.string().min(1).max(120),
  country: z.string().regex(/^[A-Z]{2}$/),
  /** Absent: the country's. */
  time_zone: z.string().min(1).max(60).optional(),
  masking: z.boolean().default(true),
  plan: z.enum(plans).default('starter'),
  /** Who it belongs to from the start. Whoever is no person yet must be new: an e-mail taken meanwhile is a conflict. */
  owner: SignUp.pick({ name: true, email: true, password: true })
    .extend({ person_id: z.string().refine(isUuid, 'must be an id').nullable() })
    .optional(),
  keys: z.array(WrappedKey).min(2),
})

export const CreatedOrganisation = z.object({ id: z.string(), slug: z.string() })

export const OpenPlatform = z.strictObject({ keys: z.array(WrappedKey).min(2) })

/** The name is typed, because what the switch does cannot be taken back for calls made meanwhile. */
export const SetMasking = z.strictObject({ masking: z.boolean(), name: z.string().max(120) })
export const MaskingSet = z.object({ masking: z.boolean(), calls_with_sealed_digits: z.number() })

export const SetPlan = z.strictObject({ plan: z.enum(plans) })
export const PlanSet = z.object({ plan: z.enum(plans) })

export const OrganisationSettings = z.object({
  name: z.string(),
  country: z.string(),
  region: z.string(),
  time_zone: z.string(),
  currency: z.string(),
  languages: z.array(z.string()),
  hours: z.record(z.string(), z.object({ from: z.string(), to: z.string() })),
  plan: z.enum(plans),
  masking: z.boolean(),
  calls_with_sealed_digits: z.number(),
  may_change: z.boolean(),
})
export type OrganisationSettings = z.infer<typeof OrganisationSettings>
