import { z } from 'zod'

import { callColumns } from '../../kernel/call-columns.ts'
import { groupColours } from '../../kernel/group-colour.ts'
import { isUuid } from '../../kernel/ids.ts'
import { CallFilter } from '../calls/shapes.ts'

const Id = z.string().refine(isUuid, 'must be an id')
const CallIdText = z.string().refine(isUuid, 'must be the id of a call')
const Name = z.string().trim().min(1).max(60)
const Colour = z.enum(groupColours)

/** As many as a bulk act changes at once. */
const mostAtOnce = 100
const Calls = z
  .array(CallIdText)
  .min(1)
  .max(mostAtOnce)
  .transform((ids) => [...new Set(ids)].toSorted())

export const CreateTag = z.strictObject({ name: Name, colour: Colour })
export const ChangeTag = z.strictObject({ id: Id, name: Name, colour: Colour })
export const OneTag = z.strictObject({ id: Id })
export const ShownTag = z.object({ id: z.string(), name: z.string(), colour: Colour })
export type ShownTag = z.infer<typeof ShownTag>
export const DeletedTag = z.object({ id: z.string(), calls: z.number() })

/** One tag on or off one call. */
export const TagCall = z.strictObject({ id: CallIdText, tag: Id, is_on: z.boolean().default(true) })
export const TagCalls = z.strictObject({ ids: Calls, tag: Id, is_on: z.boolean().default(true) })
/** The calls that were not so before: what an undo is about. */
export const Changed = z.object({ ids: z.array(z.string()) })

/** Whose it will be: mine, whoever’s comes first, or one member’s. */
const Whose = z.union([z.enum(['me', 'nobody']), Id])
const Why = z.string().trim().max(500)

export const AskFollowUp = z.strictObject({ id: CallIdText, to: Whose.default('nobody'), why: Why.optional() })
export const AskFollowUps = z.strictObject({ ids: Calls, to: Whose.default('nobody'), why: Why.optional() })
export const AssignFollowUp = z.strictObject({ id: CallIdText, to: Whose })
export const FinishFollowUp = z.strictObject({ id: CallIdText })
export const FinishFollowUps = z.strictObject({ ids: Calls })
export const FollowUpState = z.object({
  state: z.enum(['open', 'done']),
  assigned_to: z.string().nullable(),
})

export const SaveView = z.strictObject({
  /** One’s own that is to be written over. */
  id: Id.optional(),
  name: Name,
  /** As the list’s address says it. */
  query: z
    .record(z.string().max(40), z.string().max(400))
    .refine((query) => CallFilter.safeParse(query).success, 'must be a filter of the list'),
  columns: z.array(z.enum(callColumns)).max(callColumns.length),
  is_shared: z.boolean().default(false),
})
export const OneView = z.strictObject({ id: Id })
export const ShownView = z.object({
  id: z.string(),
  name: z.string(),
  query: z.record(z.string(), z.string()),
  columns: z.array(z.string()),
  is_shared: z.boolean(),
  is_own: z.boolean(),
})
export type ShownView = z.infer<typeof ShownView>
export const SavedView = z.object({ id: z.string() })

/** What stands beside a list of calls: the tags there are, who can be asked, one’s views and those shared. */
export const Work = z.object({
  me: z.string(),
  may_manage: z.boolean(),
  tags: z.array(ShownTag),
  members: z.array(z.object({ id: z.string(), name: z.string() })),
  views: z.array(ShownView),
})
export type Work = z.infer<typeof Work>
