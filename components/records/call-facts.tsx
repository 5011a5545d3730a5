import type { ReactNode } from 'react'

import type { CallDetail } from '#lib/features/calls/shapes'

import { words } from '../words/words.ts'
import { CallStatusDot } from './call-status.tsx'
import { Duration } from './duration.tsx'
import type { Fact } from './fact-list.tsx'
import { MaskedNumber } from './masked-number.tsx'
import { Money } from './money.tsx'
import { ExactTime } from './time.tsx'

/** What the right-hand side of a call says. A fact nobody knows is left out, except where not knowing matters. */
export function callFacts(call: CallDetail): Fact[] {
  const { facts, directions } = words.calls
  const rows: { name: string; value: ReactNode }[] = [
    { name: facts.status, value: <CallStatusDot status={call.status} raw={call.status_raw} /> },
    { name: facts.outcome, value: call.outcome },
    { name: facts.success, value: call.success === null ? null : call.success ? facts.yes : facts.no },
    { name: facts.caller, value: <MaskedNumber caller={call.caller} /> },
    { name: facts.number, value: call.number },
    { name: facts.direction, value: directions[call.direction] },
    { name: facts.agent, value: call.agent },
    { name: facts.started, value: <ExactTime at={call.started_at} /> },
    { name: facts.answered, value: call.answered_at && <ExactTime at={call.answered_at} /> },
    { name: facts.ended, value: call.ended_at && <ExactTime at={call.ended_at} /> },
    { name: facts.talk, value: call.talk_ms !== null && <Duration ms={call.talk_ms} /> },
    {
      name: facts.cost,
      value: call.cost ? <Money amountMinor={call.cost.amount_minor} currency={call.cost.currency} /> : facts.unknown,
    },
    { name: facts.latency, value: call.latency_ms && <Latency parts={call.latency_ms} /> },
    { name: facts.consent, value: <Consent consent={call.consent} /> },
    {
      name: facts.countries,
      value: call.countries.length > 0 ? call.countries.map(countryName).join(', ') : facts.unknown,
    },
    { name: facts.languages, value: call.languages.map(languageName).join(', ') },
    { name: facts.sentiment, value: call.sentiment && wordIn(words.calls.sentiments, call.sentiment) },
    { name: facts.provider, value: call.provider },
    {
      name: facts.reasonRaw,
      value: call.ended_reason_raw && <code className="font-mono text-12">{call.ended_reason_raw}</code>,
    },
    { name: facts.callId, value: <code className="font-mono text-12 break-all">{call.id}</code> },
    {
      name: facts.externalId,
      value: call.external_id && <code className="font-mono text-12 break-all">{call.external_id}</code>,
    },
  ]
  return rows.filter((fact) => fact.value !== null && fact.value !== false && fact.value !== '')
}

function Consent({ consent }: { consent: CallDetail['consent'] }) {
  const { consents, facts } = words.calls
  if (!consent) return facts.unknown
  return (
    <>
      {wordIn(consents, consent.state)}
      {consent.type !== null && `, ${consent.type}`}
      {consent.at !== null && (
        <span className="block text-12 text-muted">
          <ExactTime at={consent.at} />
        </span>
      )}
    </>
  )
}

function Latency({ parts }: { parts: Readonly<Record<string, number>> }) {
  return (
    <ul>
      {Object.entries(parts).map(([name, ms]) => (
        <li key={name}>{words.calls.milliseconds(name, ms)}</li>
      ))}
    </ul>
  )
}

/** Our word for a value, or the value as it came. */
function wordIn(catalogue: Readonly<Record<string, string>>, value: string): string {
  return catalogue[value] ?? value
}

function countryName(code: string): string {
  return nameOf(code, 'region')
}

function languageName(code: string): string {
  return nameOf(code, 'language')
}

/** Providers send codes that are none: those are shown as they came. */
function nameOf(code: string, type: 'region' | 'language'): string {
  try {
    return new Intl.DisplayNames(words.locale, { type }).of(code) ?? code
  } catch {
    return code
  }
}
