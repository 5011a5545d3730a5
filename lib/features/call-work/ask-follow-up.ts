import { actingMember } from '../../guard/acting-member.ts'
import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { askForThese } from './follow-up-rows.ts'
import { meant } from './policy.ts'
import { AskFollowUp, Changed } from './shapes.ts'

/** Somebody should look at this call again. Asked for a second time it is open again. */
export const askFollowUp = command({
  name: 'calls.ask-follow-up',
  allow: 'calls.view',
  limit: perActor(240, 'minute'),
  audit: 'call.follow-up-asked',
  keepsWords: true,
  input: AskFollowUp,
  output: Changed,
  async run(context) {
    const { id, to, why } = context.input
    const changed = await askForThese(context, { ids: [id], to, why })
    return recorded(
      { ids: changed },
      {
        target: id,
        targets: changed,
        facts: { member: meant(to, actingMember(context.actor)) },
        live: changed.map((one) => ({ kind: 'call', id: one })),
      },
    )
  },
})
