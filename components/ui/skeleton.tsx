import { classNames } from './class-names.ts'

/** One line or block of what is coming. Hidden: whoever uses it says "Loading…" once. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={classNames('skeleton block h-3', className)} />
}
