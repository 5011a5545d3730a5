import type { ReactNode } from 'react'

import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'

export type NoticeTone = 'info' | 'good' | 'warn' | 'bad'

const looks: Record<NoticeTone, { box: string; mark: string; icon: IconName }> = {
  info: { box: 'border-info/30 bg-info-wash', mark: 'text-info', icon: 'info' },
  good: { box: 'border-good/30 bg-good-wash', mark: 'text-good', icon: 'check' },
  warn: { box: 'border-warn/30 bg-warn-wash', mark: 'text-warn', icon: 'warning' },
  bad: { box: 'border-bad/30 bg-bad-wash', mark: 'text-bad', icon: 'bad' },
}

interface NoticeProps {
  tone?: NoticeTone
  title?: string
  children?: ReactNode
  action?: ReactNode
  /** Spoken when it appears: `alert` at once, `status` when there is a pause. */
  role?: 'alert' | 'status'
}

/** Something to know before going on, in the place it concerns. */
export function Notice({ tone = 'info', title, children, action, role }: NoticeProps) {
  const look = looks[tone]
  return (
    <div
      role={role}
      className={classNames(
        'flex flex-wrap items-start gap-x-3 gap-y-2 rounded-6 border px-3 py-2.5 text-13',
        look.box,
      )}
    >
      <Icon name={look.icon} className={classNames('mt-0.5', look.mark)} />
      <div className="min-w-0 flex-1 basis-48">
        {title !== undefined && <p className="font-medium">{title}</p>}
        {children !== undefined && <div>{children}</div>}
      </div>
      {action}
    </div>
  )
}
