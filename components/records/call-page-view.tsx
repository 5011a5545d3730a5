import { type ReactNode, useId } from 'react'

import type { CallDetail } from '#lib/features/calls/shapes'
import { durationWords } from '#lib/kernel/time'

import { Badge } from '../ui/badge.tsx'
import { Icon } from '../ui/icon.tsx'
import { NavLink } from '../ui/nav-link.tsx'
import { words } from '../words/words.ts'
import { callFacts } from './call-facts.tsx'
import { CallStatusDot } from './call-status.tsx'
import { FactList } from './fact-list.tsx'
import { MaskedNumber } from './masked-number.tsx'
import { RedactedText } from './redaction-mark.tsx'
import { SealMark } from './seal-mark.tsx'
import { Time } from './time.tsx'

interface CallPageViewProps {
  call: CallDetail
  backHref: string
  /** A read of its own, audited: the page decides when to ask for it. */
  transcript: ReactNode
  player?: ReactNode
}

/** One call: how it ended in plain words on top, what was said at the left, the facts at the right. */
export function CallPageView({ call, backHref, transcript, player }: CallPageViewProps) {
  const id = useId()
  const ending = words.calls.ended(
    call.ended_reason,
    call.status,
    call.talk_ms === null || call.talk_ms === 0 ? null : durationWords(call.talk_ms),
  )
  return (
    <article className="flex flex-col gap-6 px-4 pb-10 md:px-6">
      <header className="flex flex-col gap-2 pt-4 md:pt-5">
        <NavLink
          href={backHref}
          className="-ms-1 inline-flex min-h-6 w-fit items-center gap-1 text-13 text-muted no-underline hover:text-ink touch:min-h-11"
        >
          <Icon name="left" />
          {words.calls.back}
        </NavLink>
        <h1 className="text-20 font-semibold">{ending}</h1>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5 text-13">
          <MaskedNumber caller={call.caller} />
          <CallStatusDot status={call.status} raw={call.status_raw} />
          <Time at={call.started_at} className="text-muted" />
          {call.environment === 'test' && <Badge tone="info">{words.calls.test}</Badge>}
        </div>
      </header>
      <div className="grid items-start gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[auto_1fr] xl:grid-cols-[minmax(0,1fr)_22rem]">
        {call.summary !== null && (
          <section aria-labelledby={`${id}-summary`} className="flex min-w-0 flex-col gap-2 lg:col-start-2">
            <SectionTitle id={`${id}-summary`} title={words.calls.summary}>
              <SealMark label={words.calls.seal} className="text-muted" />
            </SectionTitle>
            <p dir="auto" className="leading-6">
              <RedactedText text={call.summary} />
            </p>
          </section>
        )}
        <section
          aria-labelledby={`${id}-transcript`}
          className="flex min-w-0 flex-col gap-3 lg:col-start-1 lg:row-span-2 lg:row-start-1"
        >
          {player}
          <SectionTitle id={`${id}-transcript`} title={words.calls.transcript.title}>
            {call.turn_count > 0 && (
              <span className="text-12 text-muted">{words.calls.transcript.turns(call.turn_count)}</span>
            )}
          </SectionTitle>
          {transcript}
        </section>
        <section aria-labelledby={`${id}-facts`} className="min-w-0 lg:col-start-2">
          <SectionTitle id={`${id}-facts`} title={words.calls.facts.title} />
          <FactList facts={callFacts(call)} />
        </section>
      </div>
    </article>
  )
}

function SectionTitle({ id, title, children }: { id: string; title: string; children?: ReactNode }) {
  return (
    <div className="flex items-center gap-2">
      <h2 id={id} className="text-14 font-semibold">
        {title}
      </h2>
      {children}
    </div>
  )
}
