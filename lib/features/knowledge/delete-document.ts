import { and, eq } from 'drizzle-orm'

import { knowledgeDocument } from '#drizzle/schema/knowledge'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import { DeletedDocument, OneDocument } from './shapes.ts'

/** With the document go its chunks and their terms: no row of it stays. */
export const deleteDocument = command({
  name: 'knowledge.delete-document',
  allow: 'knowledge.manage',
  limit: perActor(120, 'hour'),
  audit: 'knowledge.document-deleted',
  input: OneDocument,
  output: DeletedDocument,
  async run({ input, tx, organisation: org }) {
    const [gone] = await tx
      .delete(knowledgeDocument)
      .where(and(eq(knowledgeDocument.org, org), eq(knowledgeDocument.id, input.id)))
      .returning({ id: knowledgeDocument.id, chunks: knowledgeDocument.chunks })
    if (!gone) throw notFound()
    return recorded(gone, { target: gone.id, facts: { chunks: gone.chunks } })
  },
})
