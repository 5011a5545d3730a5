import type { PhoneCallResponse } from 'retell-sdk/resources/call'
import { describe, expect, test } from 'vitest'

import { callStatuses, endedReasons, type CallStatus, type EndedReason } from '../../calls/shapes.ts'
import { retellEnding, retellEndings } from './retell-endings.ts'

type Reason = NonNullable<PhoneCallResponse['disconnection_reason']>

/** Typed by Retell's SDK: a reason it adds fails the type check here until it is mapped. */
const expected: Record<Reason, [CallStatus, EndedReason]> = {
  user_hangup: ['completed', 'caller_hung_up'],
  agent_hangup: ['completed', 'agent_hung_up'],
  call_transfer: ['completed', 'transferred'],
  voicemail_reached: ['voicemail', 'voicemail'],
  ivr_reached: ['completed', 'agent_hung_up'],
  inactivity: ['completed', 'silence'],
  max_duration_reached: ['completed', 'too_long'],
  concurrency_limit_reached: ['failed', 'blocked'],
  no_concurrency_fallback: ['failed', 'blocked'],
  no_valid_payment: ['failed', 'blocked'],
  scam_detected: ['failed', 'blocked'],
  dial_busy: ['busy', 'busy'],
  dial_failed: ['failed', 'provider_error'],
  dial_no_answer: ['no_answer', 'no_answer'],
  invalid_destination: ['failed', 'invalid_number'],
  telephony_provider_permission_denied: ['failed', 'provider_error'],
  telephony_provider_unavailable: ['failed', 'provider_error'],
  sip_routing_error: ['failed', 'provider_error'],
  marked_as_spam: ['failed', 'blocked'],
  user_declined: ['rejected', 'rejected'],
  error_llm_websocket_open: ['failed', 'provider_error'],
  error_llm_websocket_lost_connection: ['failed', 'provider_error'],
  error_llm_websocket_runtime: ['failed', 'provider_error'],
  error_llm_websocket_corrupt_payload: ['failed', 'provider_error'],
  error_no_audio_received: ['failed', 'provider_error'],
  error_asr: ['failed', 'provider_error'],
  error_retell: ['failed', 'provider_error'],
  error_unknown: ['failed', 'provider_error'],
  error_user_not_joined: ['no_answer', 'no_answer'],
  registered_call_timeout: ['no_answer', 'no_answer'],
  transfer_bridged: ['completed', 'transferred'],
  transfer_cancelled: ['completed', 'unknown'],
  manual_stopped: ['completed', 'agent_hung_up'],
  call_take_over: ['completed', 'transferred'],
}

describe('every way a Retell call ends', () => {
  test('there are 34 published reasons and each has a place', () => {
    expect(Object.keys(expected)).toHaveLength(34)
    for (const reason of Object.keys(expected)) expect(retellEndings.has(reason)).toBe(true)
  })

  test.each(Object.entries(expected))('%s', (reason, [status, endedReason]) => {
    for (const callStatus of ['ended', 'not_connected', 'error', undefined, 'new word'])
      expect(retellEnding(reason, callStatus)).toEqual({ status, endedReason })
  })

  test.each([
    ['error_something_new', 'ended', 'failed', 'provider_error'],
    ['something_new', 'error', 'failed', 'provider_error'],
    ['something_new', 'ended', 'completed', 'unknown'],
    ['something_new', 'not_connected', 'unknown_end', 'unknown'],
    [undefined, 'ended', 'completed', 'unknown'],
    [undefined, undefined, 'unknown_end', 'unknown'],
    ['machine_detected', 'ended', 'voicemail', 'voicemail'],
    ['error_inbound_webhook', 'error', 'failed', 'provider_error'],
    ['__proto__', 'ended', 'completed', 'unknown'],
  ])('%s with status %s is %s, %s', (reason, callStatus, status, endedReason) => {
    expect(retellEnding(reason, callStatus)).toEqual({ status, endedReason })
  })

  test('every ending is one of ours and is an ending', () => {
    for (const { status, endedReason } of retellEndings.values()) {
      expect(callStatuses.indexOf(status)).toBeGreaterThanOrEqual(callStatuses.indexOf('completed'))
      expect(endedReasons).toContain(endedReason)
    }
  })
})
