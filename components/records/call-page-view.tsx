import { type ReactNode, useId } from 'react'

import type { CallDetail } from '#lib/features/calls/shapes'
import { durationWords } from '#lib/kernel/time'

import { Badge } from '../ui/badge.tsx'
import { Icon } from '../ui/icon.tsx'
import { NavLink } from '../ui/nav-link.tsx'
import * as words from '../words/words.ts'
import { callFacts } from './call-facts.tsx'
import { CallStatusDot } from './call-status.tsx'
import { CostTable } from './cost-table.tsx'
import { FactList } from './fact-list.tsx'
import { FollowTranscript } from './follow-transcript.tsx'
import { ListeningProvider } from './listening.tsx'
import { MaskedNumber } from './masked-number.tsx'
import { RedactedText } from './redaction-mark.tsx'
import { SealMark } from './seal-mark.tsx'
import { Time } from './time.tsx'

interface CallPageViewProps {
  call: CallDetail
  backHref: string
  /** A read of its own, audited: the page decides when to ask for it. */
  transcript: ReactNode
  /** Its parts come first in either order of this page. */
  player?: ReactNode
  neighbours?: ReactNode
  /** Beside the mask, where the digits are sealed and this reader may ask for them. */
  reveal?: ReactNode
  outcome?: ReactNode
  tags?: ReactNode
  notes?: ReactNode
  openings?: ReactNode
}

/**
 * One call: how it ended in plain words on top; what was said at the left, with its sound; at the right what people say came of it,
 * then the facts. On a phone the work comes between the sound and the words.
 */
export function CallPageView({ call, backHref, transcript, player, neighbours, reveal, ...parts }: CallPageViewProps) {
  const { callPage, calls } = words
  const ending = calls.ended(
    call.ended_reason,
    call.status,
    call.talk_ms === null || call.talk_ms === 0 ? null : durationWords(call.talk_ms),
  )
  return (
    <ListeningProvider>
      <article className="flex flex-col gap-6 px-4 pb-10 md:px-6">
        <header className="flex flex-col gap-2 pt-4 md:pt-5">
          <div className="flex items-center justify-between gap-4">
            <NavLink
              href={backHref}
              className="-ms-1 inline-flex min-h-6 w-fit items-center gap-1 text-13 text-muted no-underline hover:text-ink touch:min-h-11"
            >
              <Icon name="left" />
              {calls.back}
            </NavLink>
            {neighbours}
          </div>
          <h1 className="text-20 font-semibold">{ending}.</h1>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5 text-13">
            <span className="inline-flex items-center gap-1">
              <MaskedNumber caller={call.caller} />
              {reveal}
            </span>
            <CallStatusDot status={call.status} raw={call.status_raw} />
            <Time at={call.started_at} className="text-muted" />
            {call.environment === 'test' && <Badge tone="info">{calls.test}</Badge>}
          </div>
        </header>
        <div className="flex flex-col gap-x-8 gap-y-6 lg:grid lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start xl:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="contents lg:flex lg:min-w-0 lg:flex-col lg:gap-6">
            {player}
            <Part title={calls.transcript.title} className="order-3" mark={<TurnCount call={call} />}>
              <FollowTranscript>{transcript}</FollowTranscript>
            </Part>
          </div>
          <div className="contents lg:flex lg:min-w-0 lg:flex-col lg:gap-6">
            <div className="order-2 flex min-w-0 flex-col gap-6">
              {parts.outcome !== undefined && (
                <Part title={callPage.work.title} mark={<Sealed />}>
                  {parts.outcome}
                  {parts.tags}
                </Part>
              )}
              {parts.notes !== undefined && (
                <Part title={callPage.notes.title} mark={<Sealed />}>
                  {parts.notes}
                </Part>
              )}
            </div>
            <div className="order-4 flex min-w-0 flex-col gap-6">
              {call.summary !== null && (
                <Part title={calls.summary} mark={<Sealed />}>
                  <p dir="auto" className="leading-6">
                    <RedactedText text={call.summary} />
                  </p>
                </Part>
              )}
              <Part title={calls.facts.title}>
                <FactList facts={callFacts(call)} />
              </Part>
              <Part title={callPage.cost.title}>
                <CostTable call={call} />
              </Part>
              {parts.openings !== undefined && <Part title={callPage.openings.title}>{parts.openings}</Part>}
            </div>
          </div>
        </div>
      </article>
    </ListeningProvider>
  )
}

const Sealed = () => <SealMark label={words.calls.seal} className="text-muted" />

function TurnCount({ call }: { call: CallDetail }) {
  if (call.turn_count === 0) return null
  return <span className="text-12 text-muted">{words.calls.transcript.turns(call.turn_count)}</span>
}

interface PartProps {
  title: string
  mark?: ReactNode
  className?: string
  children: ReactNode
}

function Part({ title, mark, className = '', children }: PartProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={`flex min-w-0 flex-col gap-3 ${className}`}>
      <div className="flex items-center gap-2">
        <h2 id={id} className="text-14 font-semibold">
          {title}
        </h2>
        {mark}
      </div>
      {children}
    </section>
  )
}
