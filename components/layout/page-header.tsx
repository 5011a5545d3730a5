import type { ReactNode } from 'react'

interface PageHeaderProps {
  title: string
  /** One: the thing people come here to do. */
  action?: ReactNode
  search?: ReactNode
  /** A line under the title, e.g. filters. */
  children?: ReactNode
}

export function PageHeader({ title, action, search, children }: PageHeaderProps) {
  return (
    <header className="flex flex-col gap-3 px-4 pt-4 pb-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <h1 className="min-w-0 flex-1 text-20 font-semibold">{title}</h1>
        {search !== undefined && <div className="max-md:order-last max-md:w-full">{search}</div>}
        {action}
      </div>
      {children}
    </header>
  )
}
