import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { finishThese } from './follow-up-rows.ts'
import { Changed, FinishFollowUps } from './shapes.ts'

/** The follow-ups of many calls done at once: all of them or none. */
export const finishFollowUps = command({
  name: 'calls.finish-follow-ups',
  allow: 'calls.manage',
  limit: perActor(30, 'minute'),
  audit: 'call.follow-up-finished',
  input: FinishFollowUps,
  output: Changed,
  async run(context) {
    const changed = await finishThese(context, context.input.ids)
    return recorded(
      { ids: changed },
      {
        target: null,
        targets: changed,
        facts: { calls: changed.length },
        live: changed.map((id) => ({ kind: 'call', id })),
      },
    )
  },
})
