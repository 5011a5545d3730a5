import { and, eq } from 'drizzle-orm'

import { callFollowUp } from '#drizzle/schema/call-work'

import { actingMember } from '../../guard/acting-member.ts'
import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError, notFound } from '../../kernel/app-error.ts'
import { holdFollowUps, requireReach } from './follow-up-rows.ts'
import { meant, requireOwn } from './policy.ts'
import { AssignFollowUp, FollowUpState } from './shapes.ts'

/** Takes an open follow-up, gives it back, or passes it on. Of two who take one at once the second is told. */
export const assignFollowUp = command({
  name: 'calls.assign-follow-up',
  allow: 'calls.view',
  limit: perActor(240, 'minute'),
  audit: 'call.assigned',
  input: AssignFollowUp,
  output: FollowUpState,
  async run(context) {
    const { input, actor, tx, organisation: org } = context
    const me = actingMember(actor)
    const assignedTo = meant(input.to, me)
    const [row] = await holdFollowUps(context, [input.id])
    if (!row) throw notFound()
    if (row.state === 'done') throw new AppError('conflict', 'This follow-up is done.')
    requireOwn(actor, row.assignedTo, assignedTo)
    // To take is to take what nobody has; who manages calls passes one on by saying to whom.
    if (input.to === 'me' && row.assignedTo !== null && row.assignedTo !== me)
      throw new AppError('conflict', 'Somebody took this follow-up just now.')
    const isSame = row.assignedTo === assignedTo
    if (!isSame) {
      if (assignedTo !== null && assignedTo !== me) await requireReach(context, assignedTo)
      await tx
        .update(callFollowUp)
        .set({ assignedTo })
        .where(and(eq(callFollowUp.org, org), eq(callFollowUp.id, row.id)))
    }
    return recorded(
      { state: row.state, assigned_to: assignedTo },
      {
        target: input.id,
        targets: isSame ? [] : [input.id],
        facts: { before: row.assignedTo, after: assignedTo },
        live: isSame ? [] : [{ kind: 'call', id: input.id }],
      },
    )
  },
})
