import type { ReactNode } from 'react'

/** One kind of component with its name. */
export function Shelf({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <h3 className="border-b border-line pb-1 text-12 font-medium text-muted">{name}</h3>
      {children}
    </section>
  )
}

export function Row({ children }: { children: ReactNode }) {
  return <div className="flex min-w-0 flex-wrap items-center gap-3">{children}</div>
}
