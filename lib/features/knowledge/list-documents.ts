import { z } from 'zod'

import { holds } from '../../guard/allowed.ts'
import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { documentsOf, publishedConfigs, showDocument } from './document-row.ts'
import { Documents } from './shapes.ts'

/** Every document, by title. */
export const listDocuments = query({
  name: 'knowledge.list',
  allow: 'knowledge.view',
  limit: perActor(600, 'minute'),
  audit: 'none',
  input: z.strictObject({}),
  output: Documents,
  read: ({ tx, organisation: org }) => [documentsOf(tx, org), publishedConfigs(tx, org)],
  answer: (context, [rows, published]) => ({
    data: rows
      .map((row) => showDocument(context, row, published))
      .toSorted((one, other) => one.title.localeCompare(other.title)),
    may_manage: holds(context.actor, 'knowledge.manage'),
  }),
})
