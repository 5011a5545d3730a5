import type { CallFacts, CallStatus, EndedReason } from '../../calls/shapes.ts'

export interface Ending {
  status: CallStatus
  endedReason: EndedReason
}

const ending = (status: CallStatus, endedReason: EndedReason): Ending => ({ status, endedReason })

const noAnswer = ending('no_answer', 'no_answer')
const providerError = ending('failed', 'provider_error')

/** Every hang-up cause Africa's Talking documents. Of an ordinary one it does not say who hung up. */
export const hangupCauses: ReadonlyMap<string, Ending> = new Map(
  Object.entries({
    NORMAL_CLEARING: ending('completed', 'unknown'),
    LOSE_RACE: ending('canceled', 'unknown'),
    CALL_REJECTED: ending('rejected', 'rejected'),
    USER_BUSY: ending('busy', 'busy'),
    NO_ANSWER: noAnswer,
    NO_USER_RESPONSE: noAnswer,
    SUBSCRIBER_ABSENT: noAnswer,
    UNALLOCATED_NUMBER: ending('failed', 'invalid_number'),
    NORMAL_TEMPORARY_FAILURE: providerError,
    RECOVERY_ON_TIMER_EXPIRE: providerError,
    SERVICE_UNAVAILABLE: providerError,
    USER_NOT_REGISTERED: providerError,
  }),
)

const endStates: ReadonlyMap<string, Ending> = new Map([
  ['completed', ending('completed', 'unknown')],
  ['notanswered', noAnswer],
  ['noanswer', noAnswer],
  ['busy', ending('busy', 'busy')],
  ['rejected', ending('rejected', 'rejected')],
  ['expired', providerError],
  ['failed', providerError],
])

export interface EndedSession {
  cause: string | undefined
  state: string | undefined
  direction: CallFacts['direction']
  seconds: number
}

/** How a session ended: by its cause, which is often missing, then its state, then whether anybody spoke. */
export function africasTalkingEnding({ cause, state, direction, seconds }: EndedSession): Ending {
  if (cause === 'ORIGINATOR_CANCEL') {
    return ending('canceled', direction === 'inbound' ? 'caller_hung_up' : 'agent_hung_up')
  }
  const known = hangupCauses.get(cause ?? '') ?? endStates.get(state?.toLowerCase() ?? '')
  return known ?? ending(seconds > 0 ? 'completed' : 'unknown_end', 'unknown')
}
