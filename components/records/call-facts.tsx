import { Fragment, type ReactNode } from 'react'

import type { CallDetail } from '#lib/features/calls/shapes'
import { internationalNumber } from '#lib/kernel/phone-number'

import * as words from '../words/words.ts'
import { CallStatusDot } from './call-status.tsx'
import { Duration } from './duration.tsx'
import type { Fact } from './fact-list.tsx'
import { MaskedNumber } from './masked-number.tsx'
import { Money } from './money.tsx'
import { ExactTime } from './time.tsx'

interface ReconciliationProps {
  of: NonNullable<CallDetail['reconciliation']>
}

/** The facts of a call that no other part of its page says. One nobody knows is left out, except where not knowing matters. */
export function callFacts(call: CallDetail): Fact[] {
  const { facts, directions } = words.calls
  const rows: { name: string; value: ReactNode }[] = [
    { name: facts.status, value: <CallStatusDot status={call.status} raw={call.status_raw} /> },
    { name: facts.caller, value: <MaskedNumber caller={call.caller} /> },
    { name: facts.number, value: call.number && internationalNumber(call.number) },
    { name: facts.direction, value: directions[call.direction] },
    { name: facts.agent, value: call.agent },
    { name: facts.config, value: call.config_version !== null && facts.configVersion(call.config_version) },
    { name: facts.started, value: <ExactTime at={call.started_at} /> },
    { name: facts.answered, value: call.answered_at && <ExactTime at={call.answered_at} after={call.started_at} /> },
    { name: facts.ended, value: call.ended_at && <ExactTime at={call.ended_at} after={call.started_at} /> },
    { name: facts.talk, value: call.talk_ms !== null && <Duration ms={call.talk_ms} /> },
    { name: facts.latency, value: call.latency_ms ? <Latency parts={call.latency_ms} /> : facts.unknown },
    { name: facts.consent, value: <Consent consent={call.consent} /> },
    {
      name: facts.countries,
      value: call.countries.length > 0 ? call.countries.map(countryName).join(', ') : facts.unknown,
    },
    { name: facts.languages, value: call.languages.map(languageName).join(', ') },
    { name: facts.sentiment, value: call.sentiment && wordIn(words.calls.sentiments, call.sentiment) },
    { name: facts.provider, value: wordIn(words.calls.providers, call.provider) },
    { name: facts.reconciliation, value: call.reconciliation && <Reconciliation of={call.reconciliation} /> },
    {
      name: facts.reasonRaw,
      value: call.ended_reason_raw && <code className="font-mono text-12">{call.ended_reason_raw}</code>,
    },
    { name: facts.callId, value: <IdText id={call.id} /> },
    { name: facts.externalId, value: call.external_id && <IdText id={call.external_id} /> },
  ]
  return rows.filter((fact) => fact.value !== null && fact.value !== false && fact.value !== '')
}

/** An id that breaks where it has a hyphen, before it breaks anywhere. */
function IdText({ id }: { id: string }) {
  return (
    <code className="font-mono text-12 [overflow-wrap:anywhere]">
      {id.split('-').map((part, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- an id is fixed, so its parts never move
        <Fragment key={at}>
          {at > 0 && (
            <>
              -<wbr />
            </>
          )}
          {part}
        </Fragment>
      ))}
    </code>
  )
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

/** What the provider's own log says, with its figures where they are others. */
function Reconciliation({ of: { result, checked_at: at, talk_ms: talkMs, cost } }: ReconciliationProps) {
  return (
    <>
      {words.calls.reconciliations[result]}
      {result === 'differs' && (
        <span className="block">
          {talkMs !== null && <Duration ms={talkMs} />}
          {talkMs !== null && cost && ', '}
          {cost && <Money amountMinor={cost.amount_minor} currency={cost.currency} />}
        </span>
      )}
      {at !== null && (
        <span className="block text-12 text-muted">
          <ExactTime at={at} />
        </span>
      )}
    </>
  )
}

/** How long a caller waited for an answer, and what took the time. */
function Latency({ parts: { e2e, ...parts } }: { parts: Readonly<Record<string, number>> }) {
  const { latency } = words.callPage
  return (
    <>
      {e2e !== undefined && <p>{latency.answered(secondsOf(e2e))}</p>}
      <ul className={e2e === undefined ? '' : 'text-12 text-muted'}>
        {Object.entries(parts).map(([name, ms]) => (
          <li key={name}>{latency.part(name, secondsOf(ms))}</li>
        ))}
      </ul>
    </>
  )
}

function secondsOf(ms: number): string {
  const digits = { style: 'unit', unit: 'second', maximumSignificantDigits: 2 } as const
  return new Intl.NumberFormat(words.locale, digits).format(ms / 1000)
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
