import { z } from 'zod'

import type { CallFacts } from '../../calls/shapes.ts'
import { optional, timeOf, wholeSeconds } from './form-shapes.ts'
import type { ProviderSettings } from './port.ts'
import { callName, given, httpsAddress, textOf } from './reading.ts'
import { twilioEnding, twilioRunning } from './twilio-endings.ts'

const Word = textOf(60)
/** `Tue, 24 Nov 2026 09:00:00 +0000` */
const Rfc2822 = timeOf((text) => Date.parse(text))

/** The fields we read of a callback about a call or its recording; anything else may be there and is left alone. */
export const TwilioCallback = z.object({
  CallSid: callName,
  CallStatus: optional(Word),
  Direction: optional(Word),
  From: z.string().max(120).optional(),
  To: z.string().max(120).optional(),
  Timestamp: optional(Rfc2822),
  CallDuration: optional(wholeSeconds),
  SipResponseCode: optional(z.string().regex(/^\d{3}$/, 'must be a SIP response code')),
  AnsweredBy: optional(Word),
  RecordingSid: optional(z.string().regex(/^[\x21-\x7e]{1,60}$/, 'must be the id of a recording')),
  RecordingStatus: optional(Word),
  RecordingUrl: optional(textOf(4_000)),
  // -1 while there is none.
  RecordingDuration: optional(z.string().max(20)),
  RecordingStartTime: optional(Rfc2822),
})
export type TwilioCallback = z.output<typeof TwilioCallback>

const countryOf = { us1: 'US', ie1: 'IE', au1: 'AU' } as const

/** Which of Twilio's regions the numbers are set up in: calls are handled there. */
export const TwilioSettings = z.strictObject({ region: z.enum(['us1', 'ie1', 'au1']).default('us1') })

export function twilioCountries(settings: ProviderSettings): readonly string[] {
  const read = TwilioSettings.safeParse(settings)
  return [countryOf[read.success ? read.data.region : 'us1']]
}

export function twilioFacts(call: TwilioCallback, settings: ProviderSettings): CallFacts {
  return {
    externalId: call.CallSid,
    carrierCallId: call.CallSid,
    ...partiesOf(call),
    ...(call.CallStatus === undefined ? {} : statusFacts(call, call.CallStatus)),
    ...recordingFacts(call),
    consent: { state: 'unknown' },
    countries: [...twilioCountries(settings)],
  }
}

function directionOf(word: string | undefined): CallFacts['direction'] {
  if (word === 'inbound' || word === 'trunking-originating') return 'inbound'
  return word?.startsWith('outbound') === true || word === 'trunking-terminating' ? 'outbound' : undefined
}

/** The caller is the outside party whichever way the call went. */
function partiesOf(call: TwilioCallback): Partial<CallFacts> {
  const direction = directionOf(call.Direction)
  if (!direction) return {}
  const [outside, ours] = direction === 'inbound' ? [call.From, call.To] : [call.To, call.From]
  const caller = outside?.trim() === '' ? 'anonymous' : outside
  // The second leg of a forwarded call shows whoever called the first: that is an outside number, never ours.
  const number = call.Direction === 'outbound-dial' ? null : ours?.trim()
  return { direction, ...given('caller', caller), ...given('number', number) }
}

function statusFacts(call: TwilioCallback, status: string): Partial<CallFacts> {
  const { Timestamp: at, CallDuration: seconds = 0 } = call
  const running = twilioRunning(status)
  if (running) {
    const answered = running === 'in_progress' ? given('answeredAt', at) : {}
    return { status: running, ...given('startedAt', at), ...answered }
  }
  const sipCode = call.SipResponseCode === undefined ? undefined : Number(call.SipResponseCode)
  const direction = directionOf(call.Direction)
  const ended = twilioEnding({ status, direction, sipCode, answeredBy: call.AnsweredBy })
  if (!ended) return { statusRaw: status }
  const talkedSince = at && seconds > 0 ? new Date(at.getTime() - seconds * 1000) : null
  return {
    ...ended,
    endedReasonRaw: sipCode === undefined || sipCode === 200 ? status : `${status} (SIP ${sipCode})`,
    ...given('endedAt', at),
    ...given('startedAt', talkedSince),
    ...given('answeredAt', talkedSince),
    ...(seconds > 0 ? { talkMs: seconds * 1000 } : {}),
  }
}

/** The address of a recording, once there is one; how long it is and its name. */
function recordingFacts(call: TwilioCallback): Partial<CallFacts> {
  const isThere = call.RecordingStatus === undefined || call.RecordingStatus === 'completed'
  if (!isThere || call.RecordingUrl === undefined) return {}
  const seconds = /^\d{1,6}$/.test(call.RecordingDuration ?? '') ? Number(call.RecordingDuration) : null
  const metadata = {
    ...(call.RecordingSid === undefined ? {} : { recording_sid: call.RecordingSid }),
    ...(seconds === null ? {} : { recording_seconds: seconds }),
  }
  return {
    ...given('recordingUrl', httpsAddress(call.RecordingUrl)),
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
  }
}
