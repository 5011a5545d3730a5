import type { knowledgeChunk } from '#drizzle/schema/knowledge'

import { AppError } from '../../kernel/app-error.ts'
import { exactText } from '../../kernel/clean-text.ts'
import { newId } from '../../kernel/ids.ts'
import { sealed } from '../../vault/columns.ts'
import type { Vault } from '../../vault/open-vault.ts'
import { cut } from './cut.ts'
import { countTerms } from './terms.ts'

/** Of a document; and of all documents of an organisation. */
const mostChunks = 1_000
export const mostChunksInAll = 10_000
export const mostDocuments = 500

/** A word's keyed hash, its first eight bytes as the database counts. */
export function termHash(vault: Vault, term: string): bigint {
  return vault.blindHash('knowledgeTerm', term).readBigInt64BE()
}

/** @throws AppError invalid_input for a text without a word, and for one of more than 1,000 pieces */
export function chunkRows(
  vault: Vault,
  org: string,
  documentId: string,
  text: string,
): (typeof knowledgeChunk.$inferInsert)[] {
  const pieces = cut(exactText(text))
    .map((piece) => ({ piece, ...countTerms(piece) }))
    .filter(({ length }) => length > 0)
  if (pieces.length === 0) throw unusable('must hold a word')
  if (pieces.length > mostChunks) throw unusable(`is too long: cut it into documents of at most ${mostChunks} pieces`)
  const hashes = new Map<string, bigint>()
  const hashOf = (term: string): bigint => {
    const hash = hashes.get(term) ?? termHash(vault, term)
    hashes.set(term, hash)
    return hash
  }
  return pieces.map(({ piece, length, counts }, seq) => {
    const id = newId<'knowledge-chunk'>()
    return {
      org,
      id,
      documentId,
      seq,
      textSealed: vault.seal(sealed.knowledgeChunk.text, id, piece),
      length,
      terms: [...counts.keys()].map(hashOf),
      counts: [...counts.values()],
    }
  })
}

const unusable = (why: string): AppError =>
  new AppError('invalid_input', 'Some fields need another look.', { fields: { text: why } })
