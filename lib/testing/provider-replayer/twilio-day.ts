import { type DayOptions, inOrder, type ProviderDelivery } from './delivery.ts'
import { type MadeCall, madeCalls } from './made-calls.ts'
import { hex } from './random.ts'
import type { CallEnd } from './script.ts'
import { formOf } from './sign-twilio.ts'

/** How Twilio would say it: who hung up it does not tell. */
const endings: Record<CallEnd, { CallStatus: string; SipResponseCode: string; AnsweredBy?: string }> = {
  caller: { CallStatus: 'completed', SipResponseCode: '200' },
  agent: { CallStatus: 'completed', SipResponseCode: '200' },
  transfer: { CallStatus: 'completed', SipResponseCode: '200' },
  silence: { CallStatus: 'completed', SipResponseCode: '200' },
  fault: { CallStatus: 'completed', SipResponseCode: '200' },
  too_long: { CallStatus: 'completed', SipResponseCode: '200' },
  voicemail: { CallStatus: 'completed', SipResponseCode: '200', AnsweredBy: 'machine_end_beep' },
  no_answer: { CallStatus: 'no-answer', SipResponseCode: '487' },
  busy: { CallStatus: 'busy', SipResponseCode: '486' },
  declined: { CallStatus: 'failed', SipResponseCode: '603' },
  invalid_number: { CallStatus: 'failed', SipResponseCode: '404' },
}
/** ANONYMOUS as spelt on a keypad: what Twilio writes for a withheld number. */
const withheld = '+266696687'

/** To the second, which is all Twilio tells. */
const rfc2822 = (ms: number): string => new Date(ms).toUTCString().replace('GMT', '+0000')

/** A believable day of Twilio's callbacks in the order they were sent. Nobody calls Twilio from a browser here. */
export function twilioDay(options: DayOptions): ProviderDelivery[] {
  return inOrder(
    madeCalls(options)
      .filter(({ script }) => script.caller !== null)
      .flatMap(callbacksOf),
  )
}

function callbacksOf(made: MadeCall): ProviderDelivery[] {
  const { script, dialledAt, answeredAt, endedAt, talkMs, random, pace } = made
  const callId = `CA${hex(random, 32)}`
  const outside = script.caller === 'anonymous' ? withheld : (script.caller ?? '')
  const [From, To] = script.direction === 'inbound' ? [outside, script.agent.number] : [script.agent.number, outside]
  const account = { AccountSid: 'AC00000000000000000000000000000001', ApiVersion: '2010-04-01', CallSid: callId }
  const parties = {
    From,
    To,
    Caller: From,
    Called: To,
    Direction: script.direction === 'inbound' ? 'inbound' : 'outbound-api',
  }
  let sequence = 0
  const status = (at: number, event: string, more: Record<string, string>): ProviderDelivery => ({
    at: new Date(at),
    callId,
    event,
    body: formOf({
      ...account,
      ...parties,
      CallStatus: event,
      CallbackSource: 'call-progress-events',
      SequenceNumber: String(sequence++),
      Timestamp: rfc2822(at),
      ...more,
    }),
  })
  const seconds = String(Math.round(talkMs / 1000))
  const { CallStatus, ...ending } = endings[script.end]
  return [
    ...(script.direction === 'outbound' ? [status(dialledAt, 'initiated', {})] : []),
    status(dialledAt + 500 * pace, 'ringing', {}),
    ...(answeredAt === null ? [] : [status(answeredAt, 'in-progress', {})]),
    status(endedAt, CallStatus, { ...ending, CallDuration: seconds, Duration: String(Math.ceil(talkMs / 60_000)) }),
    ...(answeredAt === null
      ? []
      : [
          {
            at: new Date(endedAt + 4_000 * pace),
            callId,
            event: 'recording',
            body: formOf({
              ...account,
              RecordingSid: `RE${hex(random, 32)}`,
              RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE${hex(random, 32)}`,
              RecordingStatus: 'completed',
              RecordingDuration: seconds,
              RecordingStartTime: rfc2822(answeredAt),
            }),
          },
        ]),
  ]
}
