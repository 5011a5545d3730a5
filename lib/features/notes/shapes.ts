import { z } from 'zod'

import { isUuid } from '../../kernel/ids.ts'

const CallIdText = z.string().refine(isUuid, 'must be the id of a call')
const NoteIdText = z.string().refine(isUuid, 'must be the id of a note')
const NoteText = z.string().trim().min(1).max(4_000)

export const ShownNote = z.object({
  id: z.string(),
  text: z.string(),
  /** Null: they are no member any more. */
  author: z.string().nullable(),
  is_own: z.boolean(),
  written_at: z.string(),
  edited_at: z.string().nullable(),
  /** Somebody else than the author edited it last. */
  edited_by: z.string().nullable(),
  may_change: z.boolean(),
})
export type ShownNote = z.infer<typeof ShownNote>

export const ListNotes = z.strictObject({ id: CallIdText })
/** `is_masked`: numbers are taken out of what is written now. */
export const Notes = z.object({ data: z.array(ShownNote), is_masked: z.boolean() })

export const AddNote = z.strictObject({ id: CallIdText, text: NoteText })
export const EditNote = z.strictObject({ note: NoteIdText, text: NoteText })
export const DeleteNote = z.strictObject({ note: NoteIdText })
export const OneNote = z.object({ note: ShownNote })
export const DeletedNote = z.object({ id: z.string() })
