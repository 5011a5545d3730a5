import { afterEach, beforeAll, expect, test, vi } from 'vitest'

import { deliver, deliverTwilio, formType, twilioTime } from '../testing/hook-delivery.ts'
import { testOrganisation, type TestOrganisation, testProvider } from '../testing/organisation.ts'
import { formOf } from '../testing/provider-replayer/sign-twilio.ts'
import { naughtyStrings } from '../testing/vectors.ts'

let org: TestOrganisation
const logged: string[] = []
beforeAll(async () => {
  org = await testOrganisation({ masking: false })
})
afterEach(() => {
  logged.length = 0
})

function listen(): void {
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
    logged.push(String(line))
    return true
  })
}

/** Lines that are not one JSON object of our own, or that repeat what was sent. */
function strangeLines(texts: readonly string[]): string[] {
  const telling = texts.filter((text) => text.trim().length > 8)
  return logged.filter((line) => {
    const isOne = line.indexOf('\n') === line.length - 1 && line.startsWith('{"at":"20')
    return !isOne || telling.some((text) => line.includes(text) || line.includes(JSON.stringify(text).slice(1, -1)))
  })
}

/** How each text was answered when it stood in every free field at once. */
async function answersTo(texts: readonly string[], send: (text: string, at: number) => Promise<Response>) {
  const answers = new Map<number, string[]>()
  for (const [at, text] of texts.entries()) {
    const answer = await send(text, at)
    const isRepeated = text.trim().length > 8 && (await answer.text()).includes(text)
    answers.set(answer.status, [...(answers.get(answer.status) ?? []), ...(isRepeated ? [text] : [])])
  }
  return Object.fromEntries(answers)
}

test('of Twilio, any text in any field is stored or refused, never a failure, never repeated, never in the log', async () => {
  const texts = naughtyStrings()
  const twilio = await testProvider(org.id, { kind: 'twilio', masking: false })
  listen()
  const answers = await answersTo(texts, (text, at) =>
    deliverTwilio(twilio, {
      CallSid: `CA${at}`,
      CallStatus: 'completed',
      Direction: 'inbound',
      Timestamp: twilioTime(),
      From: text.slice(0, 120),
      To: text.slice(0, 120),
      AnsweredBy: text.slice(0, 60),
      RecordingUrl: text,
      RecordingDuration: text.slice(0, 20),
      CallerName: text,
      [text || 'name']: text,
    }),
  )
  const words = await answersTo(texts, (text, at) =>
    deliverTwilio(twilio, { CallSid: `CB${at}`, CallStatus: text.slice(0, 60), Direction: text.slice(0, 60) }),
  )
  // What is longer than any field of theirs is refused.
  expect([answers, words]).toEqual([{ 200: [], 400: [] }, { 200: [] }])
  const ids = await answersTo(texts, (text) => deliverTwilio(twilio, { CallSid: text, CallStatus: 'completed' }))
  expect(new Set(Object.keys(ids))).toEqual(new Set(['200', '400']))
  expect(Object.values(ids).flat()).toEqual([])
  expect(strangeLines(texts)).toEqual([])
}, 60_000)

test('of Africa’s Talking, the same', async () => {
  const texts = naughtyStrings()
  const talking = await testProvider(org.id, { kind: 'africastalking', secret: null, masking: false })
  listen()
  const answers = await answersTo(texts, (text, at) =>
    deliver(
      talking.path,
      formOf({
        sessionId: `ATVId_${at}`,
        isActive: '0',
        direction: text.slice(0, 60),
        callerNumber: text.slice(0, 120),
        destinationNumber: text.slice(0, 120),
        callSessionState: text.slice(0, 60),
        hangupCause: text.slice(0, 60),
        recordingUrl: text,
        dtmfDigits: text,
        clientRequestId: text,
        [text || 'name']: text,
      }),
      formType,
    ),
  )
  expect(answers).toEqual({ 200: [], 400: [] })
  expect(strangeLines(texts)).toEqual([])
}, 60_000)
