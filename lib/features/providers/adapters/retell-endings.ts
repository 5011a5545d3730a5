import type { CallStatus, EndedReason } from '../../calls/shapes.ts'

export interface Ending {
  status: CallStatus
  endedReason: EndedReason
}

const ending = (status: CallStatus, endedReason: EndedReason): Ending => ({ status, endedReason })

const providerError = ending('failed', 'provider_error')
const blocked = ending('failed', 'blocked')

/** Every disconnection reason Retell publishes, and the two it published before, in our words. */
export const retellEndings: ReadonlyMap<string, Ending> = new Map(
  Object.entries({
    user_hangup: ending('completed', 'caller_hung_up'),
    agent_hangup: ending('completed', 'agent_hung_up'),
    call_transfer: ending('completed', 'transferred'),
    transfer_bridged: ending('completed', 'transferred'),
    transfer_cancelled: ending('completed', 'unknown'),
    call_take_over: ending('completed', 'transferred'),
    manual_stopped: ending('completed', 'agent_hung_up'),
    ivr_reached: ending('completed', 'agent_hung_up'),
    inactivity: ending('completed', 'silence'),
    max_duration_reached: ending('completed', 'too_long'),
    voicemail_reached: ending('voicemail', 'voicemail'),
    machine_detected: ending('voicemail', 'voicemail'),
    dial_busy: ending('busy', 'busy'),
    dial_no_answer: ending('no_answer', 'no_answer'),
    error_user_not_joined: ending('no_answer', 'no_answer'),
    registered_call_timeout: ending('no_answer', 'no_answer'),
    user_declined: ending('rejected', 'rejected'),
    invalid_destination: ending('failed', 'invalid_number'),
    concurrency_limit_reached: blocked,
    no_concurrency_fallback: blocked,
    no_valid_payment: blocked,
    scam_detected: blocked,
    marked_as_spam: blocked,
    dial_failed: providerError,
    telephony_provider_permission_denied: providerError,
    telephony_provider_unavailable: providerError,
    sip_routing_error: providerError,
    error_llm_websocket_open: providerError,
    error_llm_websocket_lost_connection: providerError,
    error_llm_websocket_runtime: providerError,
    error_llm_websocket_corrupt_payload: providerError,
    error_no_audio_received: providerError,
    error_asr: providerError,
    error_retell: providerError,
    error_unknown: providerError,
    error_inbound_webhook: providerError,
  }),
)

/** How a call ended, from its reason; a reason that is new to us is read by its prefix, then by Retell's own status. */
export function retellEnding(reason: string | undefined, callStatus: string | undefined): Ending {
  const known = reason === undefined ? undefined : retellEndings.get(reason)
  if (known) return known
  if (reason?.startsWith('error_') === true || callStatus === 'error') return providerError
  return ending(callStatus === 'ended' ? 'completed' : 'unknown_end', 'unknown')
}
