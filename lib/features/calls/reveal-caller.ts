import { and, eq, sql } from 'drizzle-orm'

import { auditEntry } from '#drizzle/schema/audit'
import { call } from '#drizzle/schema/call'
import { organisation as organisationTable } from '#drizzle/schema/organisation'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError, notFound } from '../../kernel/app-error.ts'
import { sealed } from '../../vault/columns.ts'
import { RevealCaller, RevealedCaller } from './shapes.ts'

const action = 'call.caller-revealed'

/**
 * One caller's digits, for a reason, while masking is off. The row of the organisation is held until the entry is committed:
 * a switch of masking waits for us, or we see it.
 */
export const revealCaller = command({
  name: 'calls.reveal-caller',
  allow: 'calls.view',
  limit: perActor(30, 'hour'),
  audit: action,
  input: RevealCaller,
  output: RevealedCaller,
  async run({ input, actor, tx, organisation: org, vault, maySeeDigits }) {
    const [now] = await tx
      .select({ masking: organisationTable.masking })
      .from(organisationTable)
      .where(eq(organisationTable.id, org))
      .for('share')
    if (!maySeeDigits || now?.masking !== false) {
      throw new AppError(
        'forbidden',
        'You may not see this number. Masking is on, or phone numbers are closed to you.',
        {
          why: 'digits are not for this actor',
        },
      )
    }
    const [row] = await tx
      .select({ id: call.id, callerSealed: call.callerSealed, callerToken: call.callerToken })
      .from(call)
      .where(and(eq(call.org, org), eq(call.id, input.id)))
    if (!row) throw notFound()
    if (!row.callerSealed) throw new AppError('conflict', 'The number of this caller was never stored.')
    const digits = vault.open(sealed.call.caller, row.id, row.callerSealed, row.callerToken ?? undefined)
    // A day of the organisation's own, as everywhere its people read "today".
    const zone = actor.kind === 'person' && actor.organisation ? actor.organisation.timeZone : 'UTC'
    const earlier = await tx.$count(
      auditEntry,
      and(
        eq(auditEntry.org, org),
        eq(auditEntry.action, action),
        actor.id === null ? sql`false` : eq(auditEntry.actor, actor.id),
        sql`${auditEntry.recordedAt} >= date_trunc('day', now() at time zone ${zone}) at time zone ${zone}`,
      ),
    )
    return recorded(
      { digits, revealed_today: earlier + 1 },
      { target: row.id, facts: { revealed_today: earlier + 1 }, details: { reason: input.reason } },
    )
  },
})
