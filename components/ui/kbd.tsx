import type { ReactNode } from 'react'

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-6 border border-line bg-wash px-1 font-mono text-12 text-muted">
      {children}
    </kbd>
  )
}
