import type { callNote } from '#drizzle/schema/note'

import { holds } from '../../guard/allowed.ts'
import type { Context } from '../../guard/use-case.ts'
import type { Actor, PersonActor } from '../../kernel/actor.ts'
import { AppError } from '../../kernel/app-error.ts'
import { sealed } from '../../vault/columns.ts'
import type { ShownNote } from './shapes.ts'

type NoteRow = typeof callNote.$inferSelect

/** One's own, and anybody's for who manages calls. */
export function mayChange(actor: Actor, { author }: Pick<NoteRow, 'author'>): boolean {
  return actor.id === author || holds(actor, 'calls.manage')
}

/** @throws AppError forbidden: a note has an author one can ask */
export function asPerson(actor: Actor): PersonActor {
  if (actor.kind === 'person') return actor
  throw new AppError('forbidden', 'Only a person writes notes.', { why: 'no person' })
}

interface Names {
  author: string | null
  editor: string | null
}

export function showNote(
  row: NoteRow,
  names: Names,
  { actor, vault, readable }: Pick<Context<unknown>, 'actor' | 'vault' | 'readable'>,
): ShownNote {
  return {
    id: row.id,
    text: readable(vault.open(sealed.callNote.text, row.id, row.textSealed)),
    author: names.author,
    is_own: row.author === actor.id,
    written_at: row.writtenAt.toISOString(),
    edited_at: row.editedAt?.toISOString() ?? null,
    edited_by: row.editedBy !== null && row.editedBy !== row.author ? names.editor : null,
    may_change: mayChange(actor, row),
  }
}
