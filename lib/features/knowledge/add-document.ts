import { eq } from 'drizzle-orm'

import { knowledgeChunk, knowledgeDocument } from '#drizzle/schema/knowledge'

import { actingMember } from '../../guard/acting-member.ts'
import { perActor } from '../../guard/limits.ts'
import { addInTurn } from '../../guard/room.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'
import { newId } from '../../kernel/ids.ts'
import { sealed } from '../../vault/columns.ts'
import { chunkRows, mostChunksInAll, mostDocuments } from './chunk-rows.ts'
import { personalDataIn } from './personal-data.ts'
import { AddDocument, StoredDocument } from './shapes.ts'

/** Stores a text, cut and found by its words; or says what it holds, and stores nothing, until that is meant. */
export const addDocument = command({
  name: 'knowledge.add-document',
  allow: 'knowledge.manage',
  limit: perActor(60, 'hour'),
  audit: 'knowledge.document-added',
  input: AddDocument,
  output: StoredDocument,
  async run({ input, actor, tx, organisation: org, vault, now }) {
    const member = actingMember(actor)
    const held = personalDataIn(`${input.title}\n${input.text}`)
    if (held && !input.personal_data_is_meant)
      return recorded({ id: null, chunks: 0, held }, { target: null, targets: [] })
    const id = newId<'knowledge-document'>()
    const rows = chunkRows(vault, org, id, input.text)
    await addInTurn(tx, org, 'knowledge')
    const documents = await tx.$count(knowledgeDocument, eq(knowledgeDocument.org, org))
    const chunks = await tx.$count(knowledgeChunk, eq(knowledgeChunk.org, org))
    if (documents >= mostDocuments || chunks + rows.length > mostChunksInAll)
      throw new AppError('conflict', 'The knowledge base is full. Delete what is not used any more.')
    await tx.insert(knowledgeDocument).values({
      org,
      id,
      titleSealed: vault.seal(sealed.knowledgeDocument.title, id, input.title),
      version: 1,
      bytes: Buffer.byteLength(input.text),
      chunks: rows.length,
      addedBy: member,
      addedAt: now,
      changedAt: now,
    })
    await tx.insert(knowledgeChunk).values(rows)
    return recorded(
      { id, chunks: rows.length, held: null },
      {
        target: id,
        facts: { chunks: rows.length, numbers: held?.numbers ?? 0, emails: held?.emails ?? 0 },
        details: { title: input.title },
      },
    )
  },
})
