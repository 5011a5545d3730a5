import { randomUUID } from 'node:crypto'

import { type PlantedNumber, spellings } from './number-search.ts'
import type { Organisation } from './organisation.ts'
import { deliver, deliverAfricasTalking, deliverTwilio } from './provider-hook.ts'
import { sampleCall } from './sample-call.ts'
import { ask, json } from './send.ts'

/** One number in one spelling, in every text a client or a provider can fill. */
export interface Planted {
  number: PlantedNumber
  spelling: string
  call: string
}

/** Calls of an organisation, each with a number of its own in a spelling of its own. */
export async function plantCallers(organisation: Organisation, numbers: readonly PlantedNumber[]): Promise<Planted[]> {
  const planted: Planted[] = []
  for (const [at, number] of numbers.entries()) {
    const spelling = spellings(number)[at] ?? number.e164
    const call = await plantByApi(organisation, number, spelling)
    planted.push({ number, spelling, call })
    await plantByProvider(organisation, number, spelling)
    await plantByForms(organisation, number, spelling)
  }
  return planted
}

async function plantByApi({ key }: Organisation, number: PlantedNumber, spelling: string): Promise<string> {
  const [a, b, c] = [number.national.slice(0, 4), number.national.slice(4, 7), number.national.slice(7)]
  const body = sampleCall({
    external_id: `${randomUUID().replace(/\d/g, 'x')}/${/\p{Nd}{4}/u.test(spelling) ? spelling : number.e164}`,
    caller: number.e164,
    agent: `Front desk ${spelling}`,
    outcome: `Call back ${spelling}`,
    summary: `They want to be called on ${spelling}.`,
    recording_url: `https://recordings.example.com/${encodeURIComponent(number.e164)}/a.wav?to=0${number.national}`,
    metadata: { note: `ring ${spelling}`, [`k ${spelling}`.slice(0, 60)]: true, raw: Number(number.national) },
    transcript: [
      { role: 'agent', text: 'What is your number?', at_ms: 0 },
      { role: 'caller', text: `It is ${spelling}, thanks`, at_ms: 1_000 },
      { role: 'caller', text: `Again: zero ${a}`, at_ms: 2_000 },
      { role: 'agent', text: 'okay', at_ms: 2_500 },
      { role: 'caller', text: b, at_ms: 3_000 },
      { role: 'caller', text: c, at_ms: 3_500 },
      { role: 'tool', text: JSON.stringify({ caller: spelling }), at_ms: 4_000 },
    ],
  })
  const answer = await ask(key, 'POST', '/api/v1/calls', body, { 'Idempotency-Key': number.national })
  if (answer.status !== 201) throw new Error(`planting was answered ${answer.status}: ${answer.text}`)
  const id = String(json(answer)['id'])
  for (const event of [
    { type: 'turn', role: 'caller', text: `once more ${spelling}`, at_ms: 5_000 },
    { type: 'tool_call', name: 'look up', at_ms: 6_000, result: `found ${spelling}` },
    { type: 'dtmf', digits: `0${number.national}`, at_ms: 7_000 },
  ]) {
    const added = await ask(key, 'POST', `/api/v1/calls/${id}/events`, event)
    if (added.status !== 201) throw new Error(`an event was answered ${added.status}: ${added.text}`)
  }
  return id
}

async function plantByProvider(organisation: Organisation, number: PlantedNumber, spelling: string): Promise<void> {
  const call = {
    call_id: `call_${randomUUID()}_${number.national}`,
    call_type: 'phone_call',
    agent_id: 'agent_1',
    agent_name: `Desk ${spelling}`,
    direction: 'inbound',
    from_number: number.e164,
    to_number: '+2342017000100',
    start_timestamp: Date.now() - 90_000,
    end_timestamp: Date.now() - 30_000,
    duration_ms: 60_000,
    call_status: 'ended',
    disconnection_reason: `because ${spelling}`,
    recording_url: `https://recordings.example.com/${number.e164}.wav`,
    telephony_identifier: { twilio_call_sid: `sip:${number.e164}@trunk.example` },
    metadata: { note: spelling, deep: { number: spelling } },
    transcript: `User: ${spelling}`,
    transcript_object: [
      {
        role: 'user',
        content: `my number is ${spelling}`,
        words: Array.from(spelling, (word, at) => ({ word, start: at / 10, end: at / 10 + 0.05 })),
      },
    ],
    call_analysis: {
      call_summary: `Call ${spelling} back`,
      call_successful: true,
      user_sentiment: 'Positive',
      custom_analysis_data: { phone: spelling },
    },
    [`x_${spelling}`]: spelling,
  }
  const answer = await deliver(organisation, { event: 'call_analyzed', call })
  if (answer.status !== 200) throw new Error(`the provider was answered ${answer.status}: ${answer.text}`)
}

/** The same by callbacks that are forms. */
async function plantByForms(organisation: Organisation, number: PlantedNumber, spelling: string): Promise<void> {
  const digits = number.e164.slice(1)
  // Older than the calls that tests look for on a first page.
  const at = new Date(Date.now() - 3 * 24 * 3_600_000)
  const Timestamp = at.toUTCString().replace('GMT', '+0000')
  const answers = [
    await deliverTwilio(organisation, {
      CallSid: `CA${randomUUID().replaceAll('-', '')}-${number.national}`,
      CallStatus: 'completed',
      Direction: 'inbound',
      From: number.e164,
      To: '+2342017000100',
      Caller: number.e164,
      CallerName: spelling,
      Digits: digits,
      CallDuration: '60',
      Timestamp,
      RecordingUrl: `https://recordings.example.com/${digits}.wav`,
      RecordingSid: digits,
      AnsweredBy: spelling.slice(0, 60),
      [`x_${spelling}`]: spelling,
    }),
    // A forwarded leg shows the caller where our own number stands otherwise.
    await deliverTwilio(organisation, {
      CallSid: `CA${randomUUID().replaceAll('-', '')}`,
      CallStatus: spelling.slice(0, 60),
      Direction: 'outbound-dial',
      From: number.e164,
      To: '+2348035550133',
      Timestamp,
    }),
    await deliverAfricasTalking(organisation, {
      sessionId: `ATVId_${randomUUID()}_${number.national}`,
      isActive: '0',
      callStartTime: at.toISOString().slice(0, 19).replace('T', ' '),
      direction: 'Inbound',
      callerNumber: number.e164,
      destinationNumber: '+2342017000100',
      callSessionState: spelling.slice(0, 60),
      hangupCause: spelling.slice(0, 60),
      clientRequestId: spelling,
      dtmfDigits: digits,
      dialDestinationNumber: spelling,
      recordingUrl: `https://voice.africastalking.com/${digits}.mp3`,
    }),
  ]
  for (const { status, text } of answers)
    if (status !== 200) throw new Error(`a provider was answered ${status}: ${text}`)
}
