import { and, eq } from 'drizzle-orm'

import { callNote } from '#drizzle/schema/note'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError, notFound } from '../../kernel/app-error.ts'
import { mayChange } from './note-row.ts'
import { DeletedNote, DeleteNote } from './shapes.ts'

/** A note is gone: one's own, or anybody's for who manages calls. */
export const deleteNote = command({
  name: 'notes.delete',
  allow: 'calls.view',
  limit: perActor(120, 'minute'),
  audit: 'note.deleted',
  input: DeleteNote,
  output: DeletedNote,
  async run({ input, actor, tx, organisation: org }) {
    const mine = and(eq(callNote.org, org), eq(callNote.id, input.note))
    const [stored] = await tx
      .select({ id: callNote.id, author: callNote.author, callId: callNote.callId })
      .from(callNote)
      .where(mine)
      .for('update')
    if (!stored) throw notFound()
    if (!mayChange(actor, stored)) {
      throw new AppError('forbidden', 'This note is somebody else’s. Who manages calls may delete it.', {
        why: 'another’s note',
      })
    }
    await tx.delete(callNote).where(mine)
    return recorded(
      { id: stored.id },
      {
        target: stored.callId,
        facts: { note: stored.id, own: stored.author === actor.id },
        live: [{ kind: 'call', id: stored.callId }],
      },
    )
  },
})
