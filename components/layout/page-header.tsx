import type { ReactNode } from 'react'

interface PageHeaderProps {
  title: string
  /** One: the thing people come here to do. */
  action?: ReactNode
  search?: ReactNode
  /** A line under the title, e.g. filters. */
  children?: ReactNode
}

/** One line on a wide screen with the rest under it; on a phone the title and its act, then search beside the filter. */
export function PageHeader({ title, action, search, children }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-3 px-4 pt-4 pb-3 max-md:gap-x-2">
      <h1 className="min-w-0 flex-1 text-20 font-semibold max-md:basis-3/5">{title}</h1>
      {search !== undefined && <div className="max-md:order-2 max-md:grow max-md:basis-44">{search}</div>}
      {action !== undefined && <div className="max-md:order-1">{action}</div>}
      {children !== undefined && <div className="min-w-0 md:basis-full max-md:order-3">{children}</div>}
    </header>
  )
}
