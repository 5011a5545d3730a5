import { sql } from 'drizzle-orm'

import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { sealed } from '../../vault/columns.ts'
import { termHash } from './chunk-rows.ts'
import { AskKnowledge, KnowledgeAnswer } from './shapes.ts'
import { termsOf } from './terms.ts'

/** Okapi BM25 with the constants everybody uses (Robertson & Zaragoza 2009). */
const [k1, b] = [1.2, 0.75]
const mostFound = 5
const mostTerms = 40

type Row = { id: string; document_id: string; title_sealed: Uint8Array; text_sealed: Uint8Array; score: number }

/** The chunks that fit a question best, each with its score. */
export const askKnowledge = query({
  name: 'knowledge.ask',
  allow: 'knowledge.view',
  limit: perActor(120, 'minute'),
  audit: 'none',
  input: AskKnowledge,
  output: KnowledgeAnswer,
  read({ tx, organisation: org, input, vault }) {
    const terms = [...new Set(termsOf(input.question))].slice(0, mostTerms).map((term) => String(termHash(vault, term)))
    return [
      tx.execute<Row>(sql`
        with term as (select unnest(${`{${terms.join(',')}}`}::bigint[]) as hash),
        whole as (select count(*)::float8 as n, coalesce(avg(length), 1)::float8 as mean from knowledge_chunk where org = ${org}),
        hit as (
          select c.id, c.length, term.hash, c.counts[array_position(c.terms, term.hash)]::float8 as tf
          from term join knowledge_chunk c on c.org = ${org} and c.terms @> array[term.hash]),
        rare as (select hash, ln(1 + (whole.n - count(*) + 0.5) / (count(*) + 0.5)) as idf from hit, whole group by hash, whole.n),
        best as (
          select hit.id, sum(rare.idf * hit.tf * ${k1 + 1}::float8
            / (hit.tf + ${k1}::float8 * (1 - ${b}::float8 + ${b}::float8 * hit.length / whole.mean))) as score
          from hit join rare using (hash), whole group by hit.id order by score desc, hit.id limit ${mostFound})
        select c.id, c.document_id, d.title_sealed, c.text_sealed, best.score
        from best join knowledge_chunk c on c.org = ${org} and c.id = best.id
        join knowledge_document d on d.org = ${org} and d.id = c.document_id
        order by best.score desc, c.id`),
    ]
  },
  answer: ({ vault }, [rows]) => ({
    found: rows.map((row) => ({
      id: row.id,
      document: {
        id: row.document_id,
        title: vault.open(sealed.knowledgeDocument.title, row.document_id, row.title_sealed),
      },
      text: vault.open(sealed.knowledgeChunk.text, row.id, row.text_sealed),
      score: Math.round(row.score * 100) / 100,
    })),
  }),
})
