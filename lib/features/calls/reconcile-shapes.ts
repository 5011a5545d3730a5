import { z } from 'zod'

import { isUuid } from '../../kernel/ids.ts'

/** What a provider's own log said of one call. */
export const Reconciled = z.object({
  result: z.enum(['not_yet', 'agrees', 'differs', 'absent']),
  checked_at: z.string().nullable(),
  talk_ms: z.number().nullable(),
  cost: z.object({ amount_minor: z.number(), currency: z.string() }).nullable(),
})

/** A provider's log as CSV. `is_whole`: it holds every call of its time, so one it does not hold is suspect. */
export const ReconcileCalls = z.strictObject({
  id: z.string().refine(isUuid, 'must be the id of a provider'),
  log: z.string().min(1).max(500_000),
  is_whole: z.boolean().default(true),
})
export const ReconciledCalls = z.object({
  agrees: z.number(),
  differs: z.number(),
  /** Calls of ours the log does not hold. */
  absent: z.number(),
  /** Lines of calls that are not ours. */
  unknown: z.number(),
  unread: z.number(),
  /** The first few of each, by line number and by call. */
  unread_lines: z.array(z.number()),
  differing: z.array(z.string()),
  missing: z.array(z.string()),
})
export type ReconciledCalls = z.infer<typeof ReconciledCalls>
