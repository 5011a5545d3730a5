import { and, asc, eq } from 'drizzle-orm'

import { knowledgeChunk } from '#drizzle/schema/knowledge'

import { holds } from '../../guard/allowed.ts'
import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import { sealed } from '../../vault/columns.ts'
import { documentsOf, publishedConfigs, showDocument } from './document-row.ts'
import { DocumentDetail, OneDocument } from './shapes.ts'

/** A document as it was cut. */
export const getDocument = query({
  name: 'knowledge.get',
  allow: 'knowledge.view',
  limit: perActor(300, 'minute'),
  audit: 'none',
  input: OneDocument,
  output: DocumentDetail,
  read: ({ tx, organisation: org, input }) => [
    documentsOf(tx, org, input.id),
    publishedConfigs(tx, org),
    tx
      .select({ id: knowledgeChunk.id, textSealed: knowledgeChunk.textSealed })
      .from(knowledgeChunk)
      .where(and(eq(knowledgeChunk.org, org), eq(knowledgeChunk.documentId, input.id)))
      .orderBy(asc(knowledgeChunk.seq)),
  ],
  answer(context, [[found], published, chunks]) {
    if (!found) throw notFound()
    return {
      ...showDocument(context, found, published),
      pieces: chunks.map(({ id, textSealed }) => ({
        id,
        text: context.vault.open(sealed.knowledgeChunk.text, id, textSealed),
      })),
      may_manage: holds(context.actor, 'knowledge.manage'),
    }
  },
})
