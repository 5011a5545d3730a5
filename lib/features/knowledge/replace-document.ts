import { and, eq } from 'drizzle-orm'

import { knowledgeChunk, knowledgeDocument } from '#drizzle/schema/knowledge'

import { perActor } from '../../guard/limits.ts'
import { addInTurn } from '../../guard/room.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError, notFound } from '../../kernel/app-error.ts'
import { sealed } from '../../vault/columns.ts'
import { chunkRows, mostChunksInAll } from './chunk-rows.ts'
import { personalDataIn } from './personal-data.ts'
import { ReplaceDocument, StoredDocument } from './shapes.ts'

/** Another text under the same document: all its chunks go, the new ones come, at once. Of two at once the second is told. */
export const replaceDocument = command({
  name: 'knowledge.replace-document',
  allow: 'knowledge.manage',
  limit: perActor(60, 'hour'),
  audit: 'knowledge.document-replaced',
  input: ReplaceDocument,
  output: StoredDocument,
  async run({ input, tx, organisation: org, vault, now }) {
    const here = and(eq(knowledgeDocument.org, org), eq(knowledgeDocument.id, input.id))
    await addInTurn(tx, org, 'knowledge')
    const [before] = await tx.select().from(knowledgeDocument).where(here).for('update')
    if (!before) throw notFound()
    if (before.version !== input.version)
      throw new AppError('conflict', 'Somebody replaced this document meanwhile. Look at it, then write again.')
    const held = personalDataIn(`${input.title}\n${input.text}`)
    if (held && !input.personal_data_is_meant)
      return recorded({ id: null, chunks: 0, held }, { target: null, targets: [] })
    const rows = chunkRows(vault, org, before.id, input.text)
    const others = (await tx.$count(knowledgeChunk, eq(knowledgeChunk.org, org))) - before.chunks
    if (others + rows.length > mostChunksInAll)
      throw new AppError('conflict', 'The knowledge base is full. Delete what is not used any more.')
    await tx.delete(knowledgeChunk).where(and(eq(knowledgeChunk.org, org), eq(knowledgeChunk.documentId, before.id)))
    await tx
      .update(knowledgeDocument)
      .set({
        titleSealed: vault.seal(sealed.knowledgeDocument.title, before.id, input.title),
        version: before.version + 1,
        bytes: Buffer.byteLength(input.text),
        chunks: rows.length,
        changedAt: now,
      })
      .where(here)
    await tx.insert(knowledgeChunk).values(rows)
    return recorded(
      { id: before.id, chunks: rows.length, held: null },
      {
        target: before.id,
        facts: { version: before.version + 1, chunks: rows.length },
        details: {
          before: vault.open(sealed.knowledgeDocument.title, before.id, before.titleSealed),
          after: input.title,
        },
      },
    )
  },
})
