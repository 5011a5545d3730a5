import type { ReactNode } from 'react'

export interface Fact {
  name: string
  value: ReactNode
}

/** Names and values, one line each. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="text-13">
      {facts.map((fact) => (
        <div
          key={fact.name}
          className="grid min-h-9 grid-cols-[7rem_minmax(0,1fr)] items-baseline gap-3 md:grid-cols-[8rem_minmax(0,1fr)] border-b border-line py-2 last:border-b-0"
        >
          <dt className="text-muted">{fact.name}</dt>
          <dd className="min-w-0 break-words">{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
