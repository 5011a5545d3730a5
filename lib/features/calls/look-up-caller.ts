import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'
import { normalise } from '../../kernel/phone-number.ts'
import { callerColumns } from './call-row.ts'
import { showCaller } from './policy.ts'
import { LookUpCaller, ShownCaller } from './shapes.ts'

/**
 * The token of a number, so that digits never stand in a URL. Counted per actor, because a search box that answers
 * quickly enough would find every number by trying.
 */
export const lookUpCaller = query({
  name: 'calls.look-up-caller',
  allow: 'calls.view',
  limit: perActor(60, 'minute'),
  audit: 'none',
  input: LookUpCaller,
  output: ShownCaller,
  read: () => [],
  answer(context) {
    const { actor, input, vault, organisation } = context
    const number = normalise(input.caller, actor.organisation?.country ?? null)
    if (number.kind !== 'number') {
      throw new AppError('invalid_input', 'Some fields need another look.', {
        fields: { caller: 'must be a phone number such as +234 803 123 4567' },
      })
    }
    return showCaller(callerColumns(vault, organisation, number, true), context, null)
  },
})
