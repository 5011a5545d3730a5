import type { CallFacts, CallStatus, EndedReason } from '../../calls/shapes.ts'

export interface Ending {
  status: CallStatus
  endedReason: EndedReason
}

/** What a call that ended says about how. */
export interface EndedCall {
  status: string
  direction: CallFacts['direction']
  sipCode: number | undefined
  answeredBy: string | undefined
}

const ending = (status: CallStatus, endedReason: EndedReason): Ending => ({ status, endedReason })

const stillRunning: ReadonlyMap<string, CallStatus> = new Map([
  ['queued', 'queued'],
  ['initiated', 'queued'],
  ['ringing', 'ringing'],
  ['in-progress', 'in_progress'],
  ['answered', 'in_progress'],
])

/** SIP answers (RFC 3261) that say more about a failed call than that it failed. */
const bySipCode: ReadonlyMap<number, Ending> = new Map([
  [404, ending('failed', 'invalid_number')],
  [410, ending('failed', 'invalid_number')],
  [484, ending('failed', 'invalid_number')],
  [485, ending('failed', 'invalid_number')],
  [604, ending('failed', 'invalid_number')],
  [403, ending('failed', 'blocked')],
  [607, ending('failed', 'blocked')],
  [608, ending('failed', 'blocked')],
  [603, ending('rejected', 'rejected')],
  [408, ending('no_answer', 'no_answer')],
  [480, ending('no_answer', 'no_answer')],
  [486, ending('busy', 'busy')],
  [600, ending('busy', 'busy')],
])

/** The status of a call that has not ended, or undefined. */
export function twilioRunning(status: string): CallStatus | undefined {
  return stillRunning.get(status)
}

/** How a call ended, or undefined while it has not, or when the word is new to us. Who hung up Twilio does not say. */
export function twilioEnding({ status, direction, sipCode, answeredBy }: EndedCall): Ending | undefined {
  switch (status) {
    case 'completed':
      return /^(machine|fax)/.test(answeredBy ?? '') ? ending('voicemail', 'voicemail') : ending('completed', 'unknown')
    case 'busy':
      return ending('busy', 'busy')
    case 'no-answer':
      return ending('no_answer', 'no_answer')
    case 'canceled':
      return ending('canceled', direction === 'inbound' ? 'caller_hung_up' : 'agent_hung_up')
    case 'failed':
      return bySipCode.get(sipCode ?? 0) ?? ending('failed', 'provider_error')
    default:
      return undefined
  }
}
