import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { finishThese } from './follow-up-rows.ts'
import { Changed, FinishFollowUp } from './shapes.ts'

/** Done. What is done already stays so. */
export const finishFollowUp = command({
  name: 'calls.finish-follow-up',
  allow: 'calls.view',
  limit: perActor(240, 'minute'),
  audit: 'call.follow-up-finished',
  input: FinishFollowUp,
  output: Changed,
  async run(context) {
    const changed = await finishThese(context, [context.input.id])
    return recorded(
      { ids: changed },
      { target: context.input.id, targets: changed, live: changed.map((id) => ({ kind: 'call', id })) },
    )
  },
})
