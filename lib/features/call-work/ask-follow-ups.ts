import { actingMember } from '../../guard/acting-member.ts'
import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { askForThese } from './follow-up-rows.ts'
import { meant } from './policy.ts'
import { AskFollowUps, Changed } from './shapes.ts'

/** Follow-ups of many calls at once, given to one: all of them or none. */
export const askFollowUps = command({
  name: 'calls.ask-follow-ups',
  allow: 'calls.manage',
  limit: perActor(30, 'minute'),
  audit: 'call.follow-up-asked',
  keepsWords: true,
  input: AskFollowUps,
  output: Changed,
  async run(context) {
    const { to } = context.input
    const changed = await askForThese(context, context.input)
    return recorded(
      { ids: changed },
      {
        target: null,
        targets: changed,
        facts: { member: meant(to, actingMember(context.actor)), calls: changed.length },
        live: changed.map((id) => ({ kind: 'call', id })),
      },
    )
  },
})
