import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { setTag } from './set-tag.ts'
import { Changed, TagCalls } from './shapes.ts'

/** A tag on or off many calls at once: all of them or none, with an entry for each that changes. */
export const tagCalls = command({
  name: 'calls.tag-calls',
  allow: 'calls.manage',
  limit: perActor(30, 'minute'),
  audit: 'call.tagged',
  input: TagCalls,
  output: Changed,
  async run(context) {
    const { tag, is_on } = context.input
    const changed = await setTag(context, context.input)
    return recorded(
      { ids: changed },
      {
        target: null,
        targets: changed,
        facts: { tag, is_on, calls: changed.length },
        live: changed.map((id) => ({ kind: 'call', id })),
      },
    )
  },
})
