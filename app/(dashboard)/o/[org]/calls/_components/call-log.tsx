'use client'

import { CallList, type CallListProps } from '#components/records/call-list'
import type { Work } from '#lib/features/call-work/shapes'

import { BulkBar } from './bulk-bar.tsx'

interface CallLogProps extends Omit<CallListProps, 'renderSelection' | 'marks'> {
  org: string
  work: Work
}

/** The list with what one may do to many calls at once. */
export function CallLog({ org, work, ...list }: CallLogProps) {
  return (
    <CallList
      {...list}
      marks={work}
      {...(work.may_manage
        ? {
            renderSelection: (chosen) => (
              <BulkBar org={org} work={work} ids={chosen.ids} onDone={chosen.refresh} onClear={chosen.clear} />
            ),
          }
        : {})}
    />
  )
}
