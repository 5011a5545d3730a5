'use client'

import { useState } from 'react'

import { CallStatusDot } from '#components/records/call-status'
import { MaskedNumber } from '#components/records/masked-number'
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
}

/** One call that waits: why, whose, and what to do about it. Done, it leaves. */
export function FollowUpCard({ org, item, work, callHref }: FollowUpCardProps) {
  const says = words.work.followUps
  const [isDone, setDone] = useState(false)
  if (isDone) return null
  const { call, why, asked_by: askedBy, asked_at: askedAt } = item
  return (
    <li className="flex flex-col gap-3 border-b border-line py-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="font-medium">
          <MaskedNumber caller={call.caller} />
        </span>
        <CallStatusDot status={call.status} raw={call.status_raw} />
        <span className="text-muted">
          <Time at={call.started_at} />
        </span>
      </div>
      {why !== null && <p className="text-14">{why}</p>}
      {call.outcome !== null && <p className="text-13 text-muted">{call.outcome}</p>}
      <p className="text-12 text-muted">
        {says.asked(askedBy ?? says.somebody)} · <Time at={askedAt} />
      </p>
      <WorkPanel org={org} call={call} work={work} onFinished={() => setDone(true)} />
      <div className="flex flex-wrap gap-2">
        <NavLink href={callHref} className={buttonClass('plain')}>
          {says.open}
        </NavLink>
        <QuickNote org={org} call={call.id} />
      </div>
    </li>
  )
}
