import { and, eq } from 'drizzle-orm'

import { callNote } from '#drizzle/schema/note'
import { person } from '#drizzle/schema/person'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { cleanText } from '../../kernel/clean-text.ts'
import { AppError, notFound } from '../../kernel/app-error.ts'
import { sealed } from '../../vault/columns.ts'
import { asPerson, mayChange, showNote } from './note-row.ts'
import { EditNote, OneNote } from './shapes.ts'

/** A note anew: by its author, or by who manages calls, and then it says by whom. */
export const editNote = command({
  name: 'notes.edit',
  allow: 'calls.view',
  limit: perActor(120, 'minute'),
  audit: 'note.edited',
  keepsWords: true,
  input: EditNote,
  output: OneNote,
  async run(context) {
    const { input, tx, organisation: org, vault, now } = context
    const editor = asPerson(context.actor)
    const mine = and(eq(callNote.org, org), eq(callNote.id, input.note))
    const [stored] = await tx.select().from(callNote).where(mine).for('update')
    if (!stored) throw notFound()
    if (!mayChange(editor, stored)) {
      throw new AppError('forbidden', 'This note is somebody else’s. Who manages calls may change it.', {
        why: 'another’s note',
      })
    }
    const textSealed = vault.seal(sealed.callNote.text, stored.id, cleanText(input.text, editor))
    const [[note], [author]] = await Promise.all([
      tx.update(callNote).set({ textSealed, editedAt: now, editedBy: editor.id }).where(mine).returning(),
      tx.select({ name: person.name }).from(person).where(eq(person.id, stored.author)),
    ])
    if (!note) throw notFound()
    return recorded(
      { note: showNote(note, { author: author?.name ?? null, editor: editor.name }, context) },
      {
        target: note.callId,
        facts: { note: note.id, own: stored.author === editor.id },
        live: [{ kind: 'call', id: note.callId }],
      },
    )
  },
})
