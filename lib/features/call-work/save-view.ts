import { and, eq, sql } from 'drizzle-orm'

import { savedView } from '#drizzle/schema/call-work'

import { actingMember } from '../../guard/acting-member.ts'
import { holds } from '../../guard/allowed.ts'
import { perActor } from '../../guard/limits.ts'
import { addInTurn } from '../../guard/room.ts'
import { type Context, command, recorded } from '../../guard/use-case.ts'
import { AppError, notFound } from '../../kernel/app-error.ts'
import { newId } from '../../kernel/ids.ts'
import { holdsNoNumber } from '../../kernel/redaction.ts'
import type { Tx } from '../../platform/db/transaction.ts'
import { sealed } from '../../vault/columns.ts'
import { cleanLabel } from './clean-words.ts'
import { SavedView, SaveView } from './shapes.ts'

const mostViews = 50

/** The list's filter and columns under a name of one's own; shared by who manages calls. */
export const saveView = command({
  name: 'views.save',
  allow: 'calls.view',
  limit: perActor(60, 'minute'),
  audit: 'view.saved',
  keepsWords: true,
  input: SaveView,
  output: SavedView,
  async run(context) {
    const { input, actor, tx, organisation: org, vault, now } = context
    const owner = actingMember(actor)
    const name = cleanLabel(input.name)
    if (input.is_shared && !holds(actor, 'calls.manage')) {
      throw new AppError('forbidden', 'Who manages calls can share a view. Save it for yourself, or ask them.', {
        why: 'lacks calls.manage',
      })
    }
    await requireOurNames(tx, org, input.query)
    const id = input.id ?? newId<'view'>()
    const changes = {
      nameSealed: vault.seal(sealed.savedView.name, id, name),
      query: input.query,
      columns: [...new Set(input.columns)],
      isShared: input.is_shared,
    }
    const own = and(eq(savedView.org, org), eq(savedView.owner, owner))
    if (input.id === undefined) {
      await addInTurn(tx, org, `views of ${owner}`)
      if ((await tx.$count(savedView, own)) >= mostViews)
        throw new AppError('conflict', `You have ${mostViews} views. Delete one first.`)
      await tx.insert(savedView).values({ org, id, owner, createdAt: now, ...changes })
    } else {
      const written = await tx
        .update(savedView)
        .set(changes)
        .where(and(own, eq(savedView.id, input.id)))
        .returning({ id: savedView.id })
      if (written.length === 0) throw notFound()
    }
    return recorded({ id }, { target: id, facts: { is_shared: input.is_shared }, details: { name } })
  },
})

/**
 * A view lies in the open, so of what somebody can type it keeps only what calls already show: our agents' names hold no
 * numbers, and a line of ours is one that calls came in by.
 */
async function requireOurNames(
  tx: Tx,
  org: Context<unknown>['organisation'],
  query: Readonly<Record<string, string>>,
): Promise<void> {
  const { agent, number } = query
  const refuse = (field: string, what: string): never => {
    throw new AppError('invalid_input', 'Some fields need another look.', { fields: { [field]: what } })
  }
  if (agent !== undefined && !holdsNoNumber(agent)) refuse('agent', 'must hold no phone number')
  if (number === undefined) return
  const [known] = await tx.execute<{ is: boolean }>(
    sql`select exists (select 1 from call where org = ${org} and number = ${number}) as is`,
  )
  if (!known?.is) refuse('number', 'must be a line that calls came in by')
}
