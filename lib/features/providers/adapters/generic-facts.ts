import type { CallFacts } from '../../calls/shapes.ts'
import { type GenericMapping, isByLeg } from './generic-mapping.ts'
import * as values from './generic-values.ts'
import type { Read } from './generic-values.ts'
import { plainMetadata } from './plain-metadata.ts'
import { given, httpsAddress } from './reading.ts'

/** Every field a mapping names, as it was found in one body. */
export function readAll(body: unknown, mapping: GenericMapping) {
  const { direction } = mapping
  const missing = { outcome: 'missing' } as const
  const ifMapped = <Spec, Value>(spec: Spec | undefined, read: (spec: Spec) => Read<Value>): Read<Value> =>
    spec === undefined ? missing : read(spec)
  const text = (path: string | undefined, longest: number) => ifMapped(path, (one) => values.textAt(body, one, longest))
  const name = (path: string | undefined) => ifMapped(path, (one) => values.nameAt(body, one))
  const time = (spec: GenericMapping['started_at']) => ifMapped(spec, (one) => values.timeAt(body, one))
  const word = <Word>(spec: { path: string; values: Record<string, Word> } | undefined) =>
    ifMapped(spec, (one) => values.wordAt(body, one))
  return {
    external_id: name(mapping.external_id),
    event_id: text(mapping.event_id, 200),
    event_type: text(mapping.event_type, 200),
    occurred_at: time(mapping.occurred_at),
    carrier_call_id: name(mapping.carrier_call_id),
    direction: typeof direction === 'string' ? ({ outcome: 'found', value: direction } as const) : word(direction),
    caller: text(mapping.caller, 120),
    number: text(mapping.number, 120),
    from: text(mapping.from, 120),
    to: text(mapping.to, 120),
    agent: text(mapping.agent, 200),
    status: word(mapping.status),
    ended_reason: word(mapping.ended_reason),
    started_at: time(mapping.started_at),
    answered_at: time(mapping.answered_at),
    ended_at: time(mapping.ended_at),
    talk: ifMapped(mapping.talk, (spec) => values.spanAt(body, spec)),
    languages: ifMapped(mapping.languages, (path) => values.languagesAt(body, path)),
    outcome: text(mapping.outcome, 200),
    summary: text(mapping.summary, 10_000),
    success: word(mapping.success),
    sentiment: word(mapping.sentiment),
    consent: word(mapping.consent),
    cost: ifMapped(mapping.cost, (spec) => values.costAt(body, spec)),
    latency: ifMapped(mapping.latency, (spec) => values.spanAt(body, spec)),
    recording_url: text(mapping.recording_url, 4_000),
    transcript: ifMapped(mapping.transcript, (spec) => values.transcriptAt(body, spec)),
  }
}
export type ReadFields = ReturnType<typeof readAll>

const valueOf = <Value>(read: Read<Value>): Value | null => (read.outcome === 'found' ? read.value : null)
const strangeWord = (read: Read<unknown>): string | null => (read.outcome === 'strange' ? read.word : null)

export function genericFacts(body: unknown, mapping: GenericMapping, read: ReadFields): CallFacts {
  const status = valueOf(read.status)
  const hasEnded = status !== null && !['queued', 'ringing', 'in_progress'].includes(status)
  const turns = valueOf(read.transcript)
  const consent = valueOf(read.consent)
  const latency = valueOf(read.latency)
  return {
    externalId: valueOf(read.external_id) ?? '',
    ...given('carrierCallId', valueOf(read.carrier_call_id)),
    ...partiesOf(mapping, read),
    ...given('agent', valueOf(read.agent)),
    ...given('status', status),
    ...given('statusRaw', strangeWord(read.status)),
    // A reason counts beside the ending it is the reason of.
    ...(hasEnded ? endingOf(read) : {}),
    ...given('startedAt', valueOf(read.started_at)),
    ...given('answeredAt', valueOf(read.answered_at)),
    ...given('endedAt', valueOf(read.ended_at)),
    ...given('talkMs', valueOf(read.talk)),
    ...given('languages', valueOf(read.languages)),
    ...given('outcome', valueOf(read.outcome)),
    ...given('summary', valueOf(read.summary)),
    ...given('success', valueOf(read.success)),
    ...given('sentiment', valueOf(read.sentiment)),
    ...given('consent', consent && { state: consent }),
    ...given('cost', valueOf(read.cost)),
    ...given('latencyMs', latency === null ? null : { e2e: latency }),
    ...given('recordingUrl', httpsAddress(valueOf(read.recording_url))),
    ...given('transcript', turns && { stage: hasEnded ? 2 : 1, turns }),
    ...given('metadata', metadataOf(body, mapping)),
  }
}

function endingOf(read: ReadFields): Partial<CallFacts> {
  const reason = valueOf(read.ended_reason)
  const raw = strangeWord(read.ended_reason)
  return { ...given('endedReason', reason ?? (raw === null ? null : 'unknown')), ...given('endedReasonRaw', raw) }
}

/** The caller is the outside party whichever way the call went; without a direction nobody is guessed. */
function partiesOf(mapping: GenericMapping, read: ReadFields): Partial<CallFacts> {
  const direction = valueOf(read.direction)
  const [caller, number] = !isByLeg(mapping)
    ? [read.caller, read.number]
    : direction === 'inbound'
      ? [read.from, read.to]
      : direction === 'outbound'
        ? [read.to, read.from]
        : []
  return {
    ...given('direction', direction),
    ...given('caller', caller && valueOf(caller)),
    ...given('number', number && valueOf(number)),
  }
}

export function metadataOf(body: unknown, { metadata }: GenericMapping): CallFacts['metadata'] | null {
  return plainMetadata(
    Object.fromEntries(Object.entries(metadata ?? {}).map(([name, path]) => [name, values.plainAt(body, path)])),
  )
}
