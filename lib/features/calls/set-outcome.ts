import { and, eq } from 'drizzle-orm'

import { call } from '#drizzle/schema/call'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError, notFound } from '../../kernel/app-error.ts'
import { cleanText } from '../../kernel/clean-text.ts'
import { sealed } from '../../vault/columns.ts'
import { outcomeColumns } from './call-row.ts'
import { OutcomeSet, SetOutcome } from './shapes.ts'

/** What a person says came of a call. It stands over what any event said or will say, until it is taken back. */
export const setOutcome = command({
  name: 'calls.set-outcome',
  allow: 'calls.view',
  limit: perActor(240, 'minute'),
  audit: 'call.outcome-set',
  keepsWords: true,
  input: SetOutcome,
  output: OutcomeSet,
  async run({ input, actor, tx, organisation: org, vault, now, readable }) {
    if (actor.kind !== 'person' || !actor.organisation) {
      throw new AppError('forbidden', 'Only a person says what came of a call.', { why: 'no person' })
    }
    const [stored] = await tx
      .select()
      .from(call)
      .where(and(eq(call.org, org), eq(call.id, input.id)))
      .for('update')
    if (!stored) throw notFound()
    const said = [
      ...(input.outcome === undefined ? [] : (['outcome'] as const)),
      ...(input.success === undefined ? [] : (['success'] as const)),
    ]
    const judged = input.judges
      ? [...new Set([...stored.judged, ...said])]
      : stored.judged.filter((one) => !said.some((field) => field === one))
    const text = cleanText(input.outcome ?? '', actor)
    const [row] = await tx
      .update(call)
      .set({
        judged,
        ...(input.judges ? { judgedAt: now, judgedBy: actor.id } : {}),
        ...(judged.length === 0 ? { judgedAt: null, judgedBy: null } : {}),
        ...(input.outcome === undefined ? {} : outcomeColumns(vault, stored.id, text)),
        ...(input.success === undefined ? {} : { success: input.success }),
      })
      .where(and(eq(call.org, org), eq(call.id, stored.id)))
      .returning()
    if (!row) throw notFound()
    const outcome = row.outcomeSealed && readable(vault.open(sealed.call.outcome, row.id, row.outcomeSealed))
    return recorded(
      { outcome, success: row.success },
      {
        target: row.id,
        facts: { said: said.join(' '), success: row.success, judges: input.judges },
        live: [{ kind: 'call', id: row.id }],
      },
    )
  },
})
