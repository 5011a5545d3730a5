import { z } from 'zod'

import { isUuid } from '../../kernel/ids.ts'

/** What a provider's own log said of one call. */
export const Reconciled = z.object({
  result: z.enum(['not_yet', 'agrees', 'differs', 'absent']),
  checked_at: z.string().nullable(),
  talk_ms: z.number().nullable(),
  cost: z.object({ amount_minor: z.number(), currency: z.string() }).nullable(),
})

const Day = z.iso.date()

/**
 * A provider's log as CSV. `whole`: the days of which it holds every call, where the organisation is, so that one it does not
 * hold is suspect.
 */
export const ReconcileCalls = z.strictObject({
  id: z.string().refine(isUuid, 'must be the id of a provider'),
  log: z.string().min(1).max(500_000),
  whole: z
    .strictObject({ from: Day, to: Day })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be before the first day' })
    .optional(),
})
export const ReconciledCalls = z.object({
  agrees: z.number(),
  differs: z.number(),
  /** Calls of ours the log does not hold; null where it was not said to be whole. */
  absent: z.number().nullable(),
  /** Calls the log holds that are not ours. */
  unknown: z.number(),
  unread: z.number(),
  /** The first few of each, by line number and by call. */
  unread_lines: z.array(z.number()),
  differing: z.array(z.string()),
  missing: z.array(z.string()),
})
export type ReconciledCalls = z.infer<typeof ReconciledCalls>
