import { z } from 'zod'

import { isUuid } from '../../kernel/ids.ts'

/** What a person says came of a call; a field that is not there stays, null takes it away. */
export const SetOutcome = z.strictObject({
  id: z.string().refine(isUuid, 'must be the id of a call'),
  outcome: z.string().trim().max(200).nullable().optional(),
  success: z.boolean().nullable().optional(),
  /** False takes a judgement back: what is said is what was there before, and an event may change it again. */
  judges: z.boolean().default(true),
})
export const OutcomeSet = z.object({ outcome: z.string().nullable(), success: z.boolean().nullable() })

/** The calls before and after one, in the order of the list. */
export const Neighbours = z.object({ newer: z.string().nullable(), older: z.string().nullable() })
export type Neighbours = z.infer<typeof Neighbours>

/** Who read, heard or revealed something of a call. Names only for whom the audit log is open; for others how many people. */
export const Openings = z.object({
  people: z.number(),
  data: z
    .array(
      z.object({
        action: z.string(),
        /** Null: they are no member any more. */
        who: z.string().nullable(),
        kind: z.enum(['person', 'api_key', 'other']),
        at: z.string(),
      }),
    )
    .nullable(),
})
export type Openings = z.infer<typeof Openings>
