import { z } from 'zod'

import { isUuid } from '../../kernel/ids.ts'

const DocumentId = z.string().refine(isUuid, 'must be the id of a document')
const Title = z.string().trim().min(1).max(200)
/** Plain text or Markdown; the two are cut alike. */
const Text = z.string().min(1, 'is needed').max(400_000)
/** Numbers and addresses in it were seen and are meant. */
const IsMeant = z.boolean().default(false)

export const AddDocument = z.strictObject({ title: Title, text: Text, personal_data_is_meant: IsMeant })
export const ReplaceDocument = z.strictObject({
  id: DocumentId,
  /** The version it was written from. */
  version: z.int().positive(),
  title: Title,
  text: Text,
  personal_data_is_meant: IsMeant,
})
export const OneDocument = z.strictObject({ id: DocumentId })
/** `held`: nothing was stored, because of what the text holds. */
export const StoredDocument = z.object({
  id: z.string().nullable(),
  chunks: z.number(),
  held: z.object({ numbers: z.number(), emails: z.number() }).nullable(),
})
export type StoredDocument = z.infer<typeof StoredDocument>
export const DeletedDocument = z.object({ id: z.string(), chunks: z.number() })

const ListedDocument = z.object({
  id: z.string(),
  title: z.string(),
  version: z.number(),
  bytes: z.number(),
  chunks: z.number(),
  added_by: z.string(),
  /** Names of the voice agents that answer from it, as published. */
  used_by: z.array(z.string()),
  changed_at: z.string(),
})
export const Documents = z.object({ data: z.array(ListedDocument), may_manage: z.boolean() })
export type Documents = z.infer<typeof Documents>
export const DocumentDetail = ListedDocument.extend({
  pieces: z.array(z.object({ id: z.string(), text: z.string() })),
  may_manage: z.boolean(),
})
export type DocumentDetail = z.infer<typeof DocumentDetail>

export const AskKnowledge = z.strictObject({ question: z.string().trim().min(1).max(500) })
export const KnowledgeAnswer = z.object({
  /** Best first. Scores compare within one answer only. */
  found: z.array(
    z.object({
      id: z.string(),
      document: z.object({ id: z.string(), title: z.string() }),
      text: z.string(),
      score: z.number(),
    }),
  ),
})
export type KnowledgeAnswer = z.infer<typeof KnowledgeAnswer>
