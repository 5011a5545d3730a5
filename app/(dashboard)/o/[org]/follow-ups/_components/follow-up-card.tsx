import { CallStatusDot } from '#components/records/call-status'
import { MaskedNumber } from '#components/records/masked-number'
import { RedactedText } from '#components/records/redaction-mark'
import { Time } from '#components/records/time'
import { NavLink } from '#components/ui/nav-link'
import type { Work } from '#lib/features/call-work/shapes'
import type { FollowUp } from '#lib/features/calls/shapes'

import { buttonClass } from '../../../../../../components/ui/button-class.ts'
import * as words from '../../../../../../components/words/words.ts'
import { WorkPanel } from '../../calls/_components/work-panel.tsx'
import { QuickNote } from './quick-note.tsx'

interface FollowUpCardProps {
  org: string
  item: FollowUp
  work: Work
  callHref: string
  onFinished: () => void
}

/** One call that waits: why, whose, and what to do about it. */
export function FollowUpCard({ org, item, work, callHref, onFinished }: FollowUpCardProps) {
  const says = words.work.followUps
  const { call, why, asked_by: askedBy, asked_at: askedAt } = item
  return (
    <li data-call={call.id} tabIndex={-1} className="flex flex-col gap-3 border-b border-line py-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="font-medium">
          <MaskedNumber caller={call.caller} />
        </span>
        <CallStatusDot status={call.status} raw={call.status_raw} />
        <span className="text-muted">
          <Time at={call.started_at} />
        </span>
      </div>
      {why !== null && (
        <p dir="auto" className="text-14">
          <RedactedText text={why} />
        </p>
      )}
      {call.outcome !== null && (
        <p dir="auto" className="text-13 text-muted">
          <RedactedText text={call.outcome} />
        </p>
      )}
      <p className="text-12 text-muted">
        {says.asked(askedBy ?? says.somebody)} · <Time at={askedAt} />
      </p>
      <WorkPanel org={org} call={call} work={work} onFinished={onFinished} />
      <div className="flex flex-wrap gap-2">
        <NavLink href={callHref} className={buttonClass('plain')}>
          {says.open}
        </NavLink>
        <QuickNote org={org} call={call.id} />
      </div>
    </li>
  )
}
