import type { ReactNode } from 'react'

import { NavLink } from '../ui/nav-link.tsx'
import { Wordmark } from './brand-mark.tsx'

interface AuthCardProps {
  title: string
  children: ReactNode
  footer?: ReactNode
}

/** The frame of every page where somebody must get in. */
export function AuthCard({ title, children, footer }: AuthCardProps) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-96 flex-col justify-center gap-8 px-4 py-10 max-md:justify-start max-md:pt-14">
      <NavLink href="/" className="w-fit text-ink no-underline touch:flex touch:min-h-11 touch:items-center">
        <Wordmark />
      </NavLink>
      <div className="flex flex-col gap-6">
        <h1 className="text-28 font-semibold tracking-tight">{title}</h1>
        {children}
      </div>
      {footer !== undefined && <div className="border-t border-line pt-4 text-13 text-muted">{footer}</div>}
    </main>
  )
}
