import { and, eq, or, sql } from 'drizzle-orm'

import { savedView } from '#drizzle/schema/call-work'

import { actingMember } from '../../guard/acting-member.ts'
import { holds } from '../../guard/allowed.ts'
import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import { OneView, SavedView } from './shapes.ts'

/** One's own view, or a shared one by who manages calls. */
export const deleteView = command({
  name: 'views.delete',
  allow: 'calls.view',
  limit: perActor(60, 'minute'),
  audit: 'view.deleted',
  input: OneView,
  output: SavedView,
  async run({ input, actor, tx, organisation: org }) {
    const reach = or(
      eq(savedView.owner, actingMember(actor)),
      holds(actor, 'calls.manage') ? eq(savedView.isShared, sql`true`) : undefined,
    )
    const gone = await tx
      .delete(savedView)
      .where(and(eq(savedView.org, org), eq(savedView.id, input.id), reach))
      .returning({ id: savedView.id })
    if (gone.length === 0) throw notFound()
    return recorded({ id: input.id }, { target: input.id })
  },
})
