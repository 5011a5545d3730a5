import { type DayOptions, inOrder, type ProviderDelivery } from './delivery.ts'
import { type MadeCall, madeCalls } from './made-calls.ts'
import { hex } from './random.ts'
import type { CallEnd } from './script.ts'
import { formOf } from './sign-twilio.ts'

const causes: Record<CallEnd, { hangupCause: string; callSessionState: string }> = {
  caller: { hangupCause: 'NORMAL_CLEARING', callSessionState: 'Completed' },
  agent: { hangupCause: 'NORMAL_CLEARING', callSessionState: 'Completed' },
  transfer: { hangupCause: 'NORMAL_CLEARING', callSessionState: 'Completed' },
  silence: { hangupCause: 'NORMAL_CLEARING', callSessionState: 'Completed' },
  fault: { hangupCause: 'NORMAL_TEMPORARY_FAILURE', callSessionState: 'Completed' },
  too_long: { hangupCause: 'NORMAL_CLEARING', callSessionState: 'Completed' },
  voicemail: { hangupCause: 'NORMAL_CLEARING', callSessionState: 'Completed' },
  no_answer: { hangupCause: 'NO_ANSWER', callSessionState: 'NotAnswered' },
  busy: { hangupCause: 'USER_BUSY', callSessionState: 'Busy' },
  declined: { hangupCause: 'CALL_REJECTED', callSessionState: 'Rejected' },
  invalid_number: { hangupCause: 'UNALLOCATED_NUMBER', callSessionState: 'Failed' },
}
const callingCodes = ['234', '254', '233', '44']

/** `2026-11-24 09:00:00`, in UTC and to the second. */
const plainTime = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')

/** A believable day of Africa's Talking's callbacks in the order they were sent. It knows no browsers. */
export function africasTalkingDay(options: DayOptions): ProviderDelivery[] {
  return inOrder(
    madeCalls(options)
      .filter(({ script }) => script.caller !== null)
      .flatMap(callbacksOf),
  )
}

function callbacksOf(made: MadeCall): ProviderDelivery[] {
  const { script, dialledAt, answeredAt, endedAt, talkMs, random } = made
  const callId = `ATVId_${hex(random, 32)}`
  const caller = script.caller === 'anonymous' ? '' : (script.caller ?? '')
  const beganAt = answeredAt ?? dialledAt
  const session = {
    sessionId: callId,
    direction: script.direction === 'inbound' ? 'Inbound' : 'Outbound',
    callerNumber: caller,
    destinationNumber: script.agent.number,
    callerCountryCode: callingCodes.find((code) => caller.startsWith(`+${code}`)) ?? '',
    callStartTime: plainTime(beganAt),
  }
  const send = (at: number, event: string, more: Record<string, string>): ProviderDelivery => ({
    at: new Date(at),
    callId,
    event,
    body: formOf({ ...session, ...more }),
  })
  const seconds = Math.round(talkMs / 1000)
  return [
    ...(answeredAt === null ? [] : [send(beganAt, 'active', { isActive: '1', callSessionState: 'Active' })]),
    send(endedAt + 300, 'ended', {
      isActive: '0',
      ...causes[script.end],
      durationInSeconds: String(seconds),
      currencyCode: 'KES',
      amount: (seconds * 0.0567).toFixed(4),
      ...(answeredAt === null
        ? {}
        : { recordingUrl: `https://voice.africastalking.com/recordings/${hex(random, 20)}.mp3` }),
    }),
  ]
}
