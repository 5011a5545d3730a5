import { z } from 'zod'

/** One spelling of an e-mail: trimmed, lower case. */
export const Email = z
  .string()
  .max(254)
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.email())

export const SignIn = z.strictObject({ email: z.string().max(254), password: z.string().max(1_024) })

export const OpenedSession = z.object({
  /** The secret that goes into the cookie; only its hash is stored. */
  session_id: z.string(),
  person_id: z.string(),
})

export const MyOrganisations = z.object({
  person: z.object({ email: z.string() }),
  data: z.array(z.object({ slug: z.string(), name: z.string(), role: z.enum(['owner', 'admin', 'agent']) })),
})
export type MyOrganisations = z.infer<typeof MyOrganisations>

/** Rooms that are built, in order of use: the first four stand in a phone's bar. */
export const rooms = [
  'home',
  'calls',
  'follow-ups',
  'numbers',
  'knowledge',
  'config',
  'providers',
  'team',
  'developers',
  'audit',
  'settings',
] as const

export const Frame = z.object({
  person: z.object({ name: z.string(), email: z.string(), role: z.enum(['owner', 'admin', 'agent']) }),
  organisation: z.object({
    slug: z.string(),
    name: z.string(),
    country: z.string(),
    masking: z.boolean(),
    time_zone: z.string(),
  }),
  organisations: MyOrganisations.shape.data,
  rooms: z.array(z.enum(rooms)),
})
export type Frame = z.infer<typeof Frame>
