import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { setTag } from './set-tag.ts'
import { Changed, TagCall } from './shapes.ts'

/** A tag on or off one call. */
export const tagCall = command({
  name: 'calls.tag-call',
  allow: 'calls.view',
  limit: perActor(240, 'minute'),
  audit: 'call.tagged',
  input: TagCall,
  output: Changed,
  async run(context) {
    const { id, tag, is_on } = context.input
    const changed = await setTag(context, { ids: [id], tag, is_on })
    return recorded(
      { ids: changed },
      { target: id, targets: changed, facts: { tag, is_on }, live: changed.map((one) => ({ kind: 'call', id: one })) },
    )
  },
})
