import { callStatuses } from '#lib/features/calls/shapes'
import { groupColours } from '#lib/kernel/group-colour'

import { CallPageView } from '#components/records/call-page-view'
import { CallStatusDot } from '#components/records/call-status'
import { CallTable } from '#components/records/call-table'
import { GroupChip } from '#components/records/group-chip'
import { Duration } from '#components/records/duration'
import { LiveMark } from '#components/records/live-mark'
import { MaskedNumber } from '#components/records/masked-number'
import { Money } from '#components/records/money'
import { Pager } from '#components/records/pager'
import { SealMark } from '#components/records/seal-mark'
import { SignInForm } from '#components/records/sign-in-form'
import { ExactTime, Time } from '#components/records/time'
import { TranscriptView } from '#components/records/transcript-view'

import { drawnAt, sampleCallers, sampleCalls, sampleDetail, sampleTurns } from './samples.ts'
import { Row, Shelf } from './shelf.tsx'

const groupNames = ['Clinic', 'Deliveries', 'Field team', 'Night desk', 'Sales', 'Support', 'Training', 'Billing']

export function RecordShelf({ anchor }: { anchor: string }) {
  const now = drawnAt()
  return (
    <>
      <Shelf name="Masked number, seal">
        <Row>
          {sampleCallers.map((caller) => (
            <MaskedNumber key={caller.masked + caller.hidden} caller={caller} />
          ))}
          <SealMark label="Stored encrypted" className="text-muted" />
        </Row>
      </Shelf>
      <Shelf name="Call status">
        <Row>
          {callStatuses.map((status) => (
            <CallStatusDot key={status} status={status} />
          ))}
          <CallStatusDot status="unknown_end" raw="wandered-off" />
        </Row>
      </Shelf>
      <Shelf name="Group chip">
        <Row>
          {groupColours.map((colour, at) => (
            <GroupChip key={colour} colour={colour} name={groupNames[at] ?? colour} />
          ))}
        </Row>
      </Shelf>
      <Shelf name="Time, duration, money">
        <Row>
          <Time at={new Date(now - 130_000).toISOString()} />
          <Time at={new Date(now - 20 * 86_400_000).toISOString()} />
          <ExactTime at={new Date(now - 130_000).toISOString()} />
          <Duration ms={130_000} />
          <Money amountMinor={1_250_050} currency="NGN" />
          <Money amountMinor={98_000} currency="KES" />
          <Money amountMinor={4_500} currency="XOF" />
        </Row>
      </Shelf>
      <Shelf name="Live mark">
        <div className="flex flex-col gap-1">
          {(['connecting', 'live', 'reconnecting', 'stale', 'offline', 'paused'] as const).map((phase) => (
            <LiveMark key={phase} phase={phase} knownAt={now - 300_000} />
          ))}
        </div>
      </Shelf>
      <Shelf name="Calls">
        <div className="-mx-4">
          <CallTable
            calls={sampleCalls(now)}
            hrefBase="/kit"
            fresh={new Set(['01934f7e-9a4c-7c1d-8c55-000000000000'])}
          />
          <Pager newerHref={null} olderHref="#" />
        </div>
      </Shelf>
      <Shelf name="Transcript">
        <TranscriptView turns={sampleTurns} anchor={`${anchor}-at`} />
        <TranscriptView turns={[]} />
      </Shelf>
      <Shelf name="Call page">
        <div className="-mx-4 md:-mx-6">
          <CallPageView
            call={sampleDetail(now)}
            backHref="#"
            transcript={<TranscriptView turns={sampleTurns.slice(0, 3)} anchor={`${anchor}-page-at`} />}
          />
        </div>
      </Shelf>
      <Shelf name="Sign-in form">
        <div className="grid gap-8 sm:grid-cols-2">
          <SignInForm action="/kit" />
          <SignInForm action="/kit" cameBack="refused" />
          <SignInForm action="/kit" limitedSeconds={845} />
        </div>
      </Shelf>
    </>
  )
}
