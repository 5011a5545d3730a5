import { aliasedTable, and, asc, eq } from 'drizzle-orm'

import { callNote } from '#drizzle/schema/note'
import { person } from '#drizzle/schema/person'

import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { showNote } from './note-row.ts'
import { ListNotes, Notes } from './shapes.ts'

const editor = aliasedTable(person, 'editor')

/** What people wrote about a call, oldest first. */
export const listNotes = query({
  name: 'notes.list',
  allow: 'calls.view',
  limit: perActor(1_200, 'minute'),
  audit: 'none',
  input: ListNotes,
  output: Notes,
  read: ({ tx, input, organisation: org }) => [
    tx
      .select({ note: callNote, author: person.name, editor: editor.name })
      .from(callNote)
      .leftJoin(person, eq(person.id, callNote.author))
      .leftJoin(editor, eq(editor.id, callNote.editedBy))
      .where(and(eq(callNote.org, org), eq(callNote.callId, input.id)))
      .orderBy(asc(callNote.writtenAt), asc(callNote.id)),
  ],
  answer: (context, [rows]) => ({
    data: rows.map(({ note, ...names }) => showNote(note, names, context)),
    is_masked: context.actor.organisation?.masking ?? true,
  }),
})
