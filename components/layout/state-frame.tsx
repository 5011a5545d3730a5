import type { ReactNode } from 'react'

import { Icon } from '../ui/icon.tsx'
import type { IconName } from '../ui/icon-paths.ts'

export interface StateFrameProps {
  icon: IconName
  title: string
  text: ReactNode
  /** The next step. */
  action?: ReactNode
  /** On a page of its own the title is the page's. */
  isPage?: boolean
}

/** What stands where content would: what it is, why, and what to do now. */
export function StateFrame({ icon, title, text, action, isPage = false }: StateFrameProps) {
  const Heading = isPage ? 'h1' : 'h2'
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-16 text-center">
      <span className="mb-2 flex size-10 items-center justify-center rounded-full border border-line text-muted">
        <Icon name={icon} />
      </span>
      <Heading className="text-16 font-semibold">{title}</Heading>
      <div className="text-pretty text-muted">{text}</div>
      {action !== undefined && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
