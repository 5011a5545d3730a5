import type { CallStatus, EndedReason } from '../../calls/shapes.ts'

interface Ending {
  status: CallStatus
  endedReason: EndedReason
}

const ending = (status: CallStatus, endedReason: EndedReason): Ending => ({ status, endedReason })

const callerHungUp = ending('completed', 'caller_hung_up')
const agentHungUp = ending('completed', 'agent_hung_up')
const transferred = ending('completed', 'transferred')
const noAnswer = ending('no_answer', 'no_answer')
const blocked = ending('failed', 'blocked')
const providerError = ending('failed', 'provider_error')

/** The reasons of Vapi that are no fault of the machinery, and the few faults that say more than that. */
export const vapiEndings: ReadonlyMap<string, Ending> = new Map([
  ['customer-ended-call', callerHungUp],
  ['customer-ended-call-before-warm-transfer', callerHungUp],
  ['customer-ended-call-after-warm-transfer-attempt', callerHungUp],
  ['customer-ended-call-during-transfer', callerHungUp],
  ['call.ringing.sip-inbound-caller-hungup-before-call-connect', ending('canceled', 'caller_hung_up')],
  ['assistant-ended-call', agentHungUp],
  ['assistant-said-end-call-phrase', agentHungUp],
  ['assistant-ended-call-with-hangup-task', agentHungUp],
  ['assistant-ended-call-after-message-spoken', agentHungUp],
  ['call.ringing.hook-executed-say', agentHungUp],
  ['call.ending.hook-executed-say', agentHungUp],
  ['manually-canceled', ending('canceled', 'agent_hung_up')],
  ['scheduled-call-deleted', ending('canceled', 'agent_hung_up')],
  ['call-deleted', ending('canceled', 'agent_hung_up')],
  ['assistant-forwarded-call', transferred],
  ['assistant-request-returned-forwarding-phone-number', transferred],
  ['call.ringing.hook-executed-transfer', transferred],
  ['call.ending.hook-executed-transfer', transferred],
  ['call.forwarding.operator-busy', ending('completed', 'busy')],
  ['silence-timed-out', ending('completed', 'silence')],
  ['call.in-progress.error-assistant-did-not-receive-customer-audio', ending('failed', 'silence')],
  ['call.in-progress.error-warm-transfer-silence-timeout', ending('failed', 'silence')],
  ['exceeded-max-duration', ending('completed', 'too_long')],
  ['call.in-progress.error-warm-transfer-max-duration', ending('failed', 'too_long')],
  ['voicemail', ending('voicemail', 'voicemail')],
  ['customer-busy', ending('busy', 'busy')],
  ['customer-did-not-answer', noAnswer],
  ['call.in-progress.error-providerfault-outbound-sip-408-request-timeout', noAnswer],
  ['call.in-progress.error-providerfault-outbound-sip-480-temporarily-unavailable', noAnswer],
  ['customer-did-not-give-microphone-permission', ending('rejected', 'rejected')],
  ['vonage-rejected', ending('rejected', 'rejected')],
  ['twilio-reported-customer-misdialed', ending('failed', 'invalid_number')],
  ['call.in-progress.error-providerfault-outbound-sip-403-forbidden', blocked],
  ['call.start.error-fraud-check-failed', blocked],
  ['call.start.error-vapi-number-international', blocked],
  ['call.start.error-vapi-number-outbound-daily-limit', blocked],
  // The line is known to have ended in good order, but not on whose side.
  ['call.in-progress.twilio-completed-call', ending('completed', 'unknown')],
  ['call.in-progress.sip-completed-call', ending('completed', 'unknown')],
  ['vonage-completed', ending('completed', 'unknown')],
  ['vonage-disconnected', ending('completed', 'unknown')],
  ['hangup', ending('completed', 'unknown')],
  ['twilio-failed-to-connect-call', providerError],
  ['vonage-failed-to-connect-call', providerError],
  ['assistant-not-found', providerError],
  ['assistant-not-valid', providerError],
  ['assistant-join-timed-out', providerError],
  ['assistant-error', providerError],
  ['worker-shutdown', providerError],
  ['phone-call-provider-closed-websocket', providerError],
  ['phone-call-provider-bypass-enabled-but-no-call-received', providerError],
  ['no-server-available', providerError],
  ['db-error', providerError],
  ['unknown-error', providerError],
])

/** Vapi names each fault of each vendor; what they share is how the name begins. The first that fits counts. */
const families: readonly [start: string, ending: Ending][] = [
  ['call.start.error-subscription-', blocked],
  ['call.start.error-enterprise-feature-', blocked],
  ['call.start.error-', providerError],
  ['call-start-error-', providerError],
  ['call.ringing.error-', providerError],
  ['call.in-progress.error-', providerError],
  ['call.forwarding.error-', providerError],
  ['call.ending.error-', providerError],
  ['assistant-request-', providerError],
  ['pipeline-error-', providerError],
  ['pipeline-no-available-', providerError],
]

/** How a call ended. A reason that is new to us says at least that it has ended; whether anybody talked decides how well. */
export function vapiEnding(reason: string | null | undefined, wasConnected: boolean): Ending {
  const known = reason ? vapiEndings.get(reason) : undefined
  const family = known ?? families.find(([start]) => reason?.startsWith(start))?.[1]
  return family ?? ending(wasConnected ? 'completed' : 'unknown_end', 'unknown')
}
