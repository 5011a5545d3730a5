import { describe, expect, test } from 'vitest'

import { callStatuses, type CallStatus, type EndedReason, endedReasons } from '../../calls/shapes.ts'
import { vapiEnding, vapiEndings } from './vapi-endings.ts'

/** Of some seven hundred published reasons those that are no vendor's fault, and a few of each family that is. */
const expected: Record<string, [CallStatus, EndedReason]> = {
  'customer-ended-call': ['completed', 'caller_hung_up'],
  'customer-ended-call-before-warm-transfer': ['completed', 'caller_hung_up'],
  'customer-ended-call-after-warm-transfer-attempt': ['completed', 'caller_hung_up'],
  'customer-ended-call-during-transfer': ['completed', 'caller_hung_up'],
  'call.ringing.sip-inbound-caller-hungup-before-call-connect': ['canceled', 'caller_hung_up'],
  'assistant-ended-call': ['completed', 'agent_hung_up'],
  'assistant-said-end-call-phrase': ['completed', 'agent_hung_up'],
  'assistant-ended-call-with-hangup-task': ['completed', 'agent_hung_up'],
  'assistant-ended-call-after-message-spoken': ['completed', 'agent_hung_up'],
  'call.ringing.hook-executed-say': ['completed', 'agent_hung_up'],
  'call.ending.hook-executed-say': ['completed', 'agent_hung_up'],
  'manually-canceled': ['canceled', 'agent_hung_up'],
  'scheduled-call-deleted': ['canceled', 'agent_hung_up'],
  'call-deleted': ['canceled', 'agent_hung_up'],
  'assistant-forwarded-call': ['completed', 'transferred'],
  'assistant-request-returned-forwarding-phone-number': ['completed', 'transferred'],
  'call.ringing.hook-executed-transfer': ['completed', 'transferred'],
  'call.ending.hook-executed-transfer': ['completed', 'transferred'],
  'call.forwarding.operator-busy': ['completed', 'busy'],
  'silence-timed-out': ['completed', 'silence'],
  'exceeded-max-duration': ['completed', 'too_long'],
  voicemail: ['voicemail', 'voicemail'],
  'customer-busy': ['busy', 'busy'],
  'customer-did-not-answer': ['no_answer', 'no_answer'],
  'customer-did-not-give-microphone-permission': ['rejected', 'rejected'],
  'vonage-rejected': ['rejected', 'rejected'],
  'twilio-reported-customer-misdialed': ['failed', 'invalid_number'],
  'vonage-completed': ['completed', 'unknown'],
  'vonage-disconnected': ['completed', 'unknown'],
  'call.in-progress.twilio-completed-call': ['completed', 'unknown'],
  'call.in-progress.sip-completed-call': ['completed', 'unknown'],
  'twilio-failed-to-connect-call': ['failed', 'provider_error'],
  'vonage-failed-to-connect-call': ['failed', 'provider_error'],
  'worker-shutdown': ['failed', 'provider_error'],
  'assistant-not-found': ['failed', 'provider_error'],
  'assistant-not-valid': ['failed', 'provider_error'],
  'assistant-join-timed-out': ['failed', 'provider_error'],
  'phone-call-provider-closed-websocket': ['failed', 'provider_error'],
  'phone-call-provider-bypass-enabled-but-no-call-received': ['failed', 'provider_error'],
  'assistant-request-failed': ['failed', 'provider_error'],
  'assistant-request-returned-error': ['failed', 'provider_error'],
  'assistant-request-returned-unspeakable-error': ['failed', 'provider_error'],
  'assistant-request-returned-invalid-assistant': ['failed', 'provider_error'],
  'assistant-request-returned-no-assistant': ['failed', 'provider_error'],
  'call-start-error-neither-assistant-nor-server-set': ['failed', 'provider_error'],
  'call.start.error-subscription-frozen': ['failed', 'blocked'],
  'call.start.error-subscription-insufficient-credits': ['failed', 'blocked'],
  'call.start.error-subscription-concurrency-limit-reached': ['failed', 'blocked'],
  'call.start.error-enterprise-feature-not-available-recording-consent': ['failed', 'blocked'],
  'call.start.error-fraud-check-failed': ['failed', 'blocked'],
  'call.start.error-vapi-number-international': ['failed', 'blocked'],
  'call.start.error-vapi-number-outbound-daily-limit': ['failed', 'blocked'],
  'call.start.error-vapifault-database-error': ['failed', 'provider_error'],
  'call.start.error-get-assistant': ['failed', 'provider_error'],
  'call.start.error-get-transport': ['failed', 'provider_error'],
  'call.ringing.error-sip-inbound-call-failed-to-connect': ['failed', 'provider_error'],
  'call.in-progress.error-sip-outbound-call-failed-to-connect': ['failed', 'provider_error'],
  'call.in-progress.error-providerfault-outbound-sip-403-forbidden': ['failed', 'blocked'],
  'call.in-progress.error-providerfault-outbound-sip-407-proxy-authentication-required': ['failed', 'provider_error'],
  'call.in-progress.error-providerfault-outbound-sip-408-request-timeout': ['no_answer', 'no_answer'],
  'call.in-progress.error-providerfault-outbound-sip-480-temporarily-unavailable': ['no_answer', 'no_answer'],
  'call.in-progress.error-providerfault-outbound-sip-503-service-unavailable': ['failed', 'provider_error'],
  'call.in-progress.error-providerfault-openai-llm-failed': ['failed', 'provider_error'],
  'call.in-progress.error-vapifault-worker-died': ['failed', 'provider_error'],
  'call.in-progress.error-vapifault-eleven-labs-quota-exceeded': ['failed', 'provider_error'],
  'call.in-progress.error-pipeline-no-available-llm-model': ['failed', 'provider_error'],
  'call.in-progress.error-transfer-failed': ['failed', 'provider_error'],
  'call.in-progress.error-warm-transfer-max-duration': ['failed', 'too_long'],
  'call.in-progress.error-warm-transfer-silence-timeout': ['failed', 'silence'],
  'call.in-progress.error-warm-transfer-assistant-cancelled': ['failed', 'provider_error'],
  'call.in-progress.error-assistant-did-not-receive-customer-audio': ['failed', 'silence'],
  'pipeline-error-openai-429-exceeded-quota': ['failed', 'provider_error'],
  'pipeline-error-deepgram-returning-econnreset': ['failed', 'provider_error'],
  'pipeline-error-a-vendor-of-next-year-llm-failed': ['failed', 'provider_error'],
  'call.in-progress.error-providerfault-a-vendor-of-next-year-voice-failed': ['failed', 'provider_error'],
  'call.start.error-subscription-of-next-year': ['failed', 'blocked'],
  'pipeline-no-available-llm-model': ['failed', 'provider_error'],
  hangup: ['completed', 'unknown'],
}

describe('every way a Vapi call ends', () => {
  test.each(Object.entries(expected))('%s', (reason, [status, endedReason]) => {
    for (const wasConnected of [true, false]) expect(vapiEnding(reason, wasConnected)).toEqual({ status, endedReason })
  })

  test.each(['something-new', '__proto__', 'constructor', '', ' customer-busy', 'CUSTOMER-BUSY', undefined, null])(
    'a reason that is new to us (%j) says that it ended, and whether anybody talked how well',
    (reason) => {
      expect(vapiEnding(reason, true)).toEqual({ status: 'completed', endedReason: 'unknown' })
      expect(vapiEnding(reason, false)).toEqual({ status: 'unknown_end', endedReason: 'unknown' })
    },
  )

  test('every ending is one of ours and is an ending', () => {
    for (const { status, endedReason } of vapiEndings.values()) {
      expect(callStatuses.indexOf(status)).toBeGreaterThanOrEqual(callStatuses.indexOf('completed'))
      expect(endedReasons).toContain(endedReason)
    }
  })
})
