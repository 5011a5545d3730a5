import { z } from 'zod'

export const Days = z.strictObject({ days: z.coerce.number().int().min(7).max(28).default(7) })

const Counted = z.object({ key: z.string(), calls: z.number() })

export const Overview = z.object({
  /** The organisation's today, `2026-11-24`. */
  day: z.string(),
  days: z.number(),
  today: z.object({
    calls: z.number(),
    ended: z.number(),
    answered: z.number(),
    judged: z.number(),
    succeeded: z.number(),
    talk_ms: z.number(),
    in_progress: z.number(),
  }),
  spend_today: z.array(z.object({ currency: z.string(), amount_minor: z.number() })),
  /** Calls by weekday (1 = Monday) and hour of the local day; hours without a call are absent. */
  hours: z.array(z.object({ weekday: z.number(), hour: z.number(), calls: z.number() })),
  statuses: z.array(Counted),
  ended_reasons: z.array(Counted),
  /** In their own words, those told most; calls without one are not counted. */
  outcomes: z.array(Counted),
  languages: z.array(Counted),
  latency: z.array(
    z.object({ part: z.string(), p50: z.number(), p90: z.number(), p99: z.number(), calls: z.number() }),
  ),
  wrong: z
    .object({
      kind: z.enum(['provider_silent', 'calls_failing', 'calls_unanswered', 'key_expiring']),
      /** A share in percent, or days; what it is of follows from the kind. */
      figure: z.number(),
      name: z.string().nullable(),
    })
    .nullable(),
  start: z.object({
    has_provider: z.boolean(),
    has_call: z.boolean(),
    masking: z.boolean(),
    /** Null: not for this member to see. */
    has_colleague: z.boolean().nullable(),
  }),
})
export type Overview = z.infer<typeof Overview>
