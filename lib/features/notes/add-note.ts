import { and, eq } from 'drizzle-orm'

import { call } from '#drizzle/schema/call'
import { callNote } from '#drizzle/schema/note'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { cleanText } from '../../kernel/clean-text.ts'
import { AppError, notFound } from '../../kernel/app-error.ts'
import { newId } from '../../kernel/ids.ts'
import { sealed } from '../../vault/columns.ts'
import { asPerson, showNote } from './note-row.ts'
import { AddNote, OneNote } from './shapes.ts'

const mostNotes = 200

/** Something a person writes about a call. While masking is on numbers are taken out before it is stored. */
export const addNote = command({
  name: 'notes.add',
  allow: 'calls.view',
  limit: perActor(120, 'minute'),
  audit: 'note.added',
  keepsWords: true,
  input: AddNote,
  output: OneNote,
  async run(context) {
    const { input, tx, organisation: org, vault, now } = context
    const author = asPerson(context.actor)
    const [found] = await tx
      .select({ id: call.id })
      .from(call)
      .where(and(eq(call.org, org), eq(call.id, input.id)))
      .for('update')
    if (!found) throw notFound()
    const count = await tx.$count(callNote, and(eq(callNote.org, org), eq(callNote.callId, found.id)))
    if (count >= mostNotes) throw new AppError('conflict', 'A call holds at most 200 notes.')
    const id = newId<'call-note'>()
    const row = {
      org,
      id,
      callId: found.id,
      author: author.id,
      textSealed: vault.seal(sealed.callNote.text, id, cleanText(input.text, author)),
      writtenAt: now,
    }
    const [note] = await tx.insert(callNote).values(row).returning()
    if (!note) throw new Error('an inserted note was not returned')
    return recorded(
      { note: showNote(note, { author: author.name, editor: null }, context) },
      { target: found.id, facts: { note: id }, live: [{ kind: 'call', id: found.id }] },
    )
  },
})
