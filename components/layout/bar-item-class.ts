import { classNames } from '../ui/class-names.ts'

/** The shape of everything in the phone's bar. */
export function barItemClass(isCurrent: boolean): string {
  return classNames(
    'flex h-14 min-w-11 flex-1 flex-col items-center justify-center gap-0.5 text-12 no-underline focus-visible:-outline-offset-2',
    isCurrent ? 'font-medium text-accent' : 'text-muted',
  )
}
