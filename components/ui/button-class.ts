import { classNames } from './class-names.ts'

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger'

const looks: Record<ButtonLook, string> = {
  primary: 'border-accent bg-accent text-on-accent hover:border-accent-strong hover:bg-accent-strong',
  plain: 'border-line bg-raised text-ink hover:border-edge hover:bg-wash',
  quiet: 'border-transparent text-ink hover:bg-wash',
  danger: 'border-bad bg-bad text-on-bad hover:border-bad-strong hover:bg-bad-strong',
}

/** The shape buttons and links that look like buttons share. */
export function buttonClass(look: ButtonLook, iconOnly = false): string {
  return classNames(
    'inline-flex h-8 shrink-0 items-center justify-center gap-2 rounded-6 border text-13 font-medium whitespace-nowrap no-underline select-none',
    'transition-colors duration-100 touch:h-11 touch:text-14',
    'disabled:border-line disabled:bg-wash disabled:text-muted aria-disabled:cursor-not-allowed aria-disabled:border-line aria-disabled:bg-wash aria-disabled:text-muted',
    iconOnly ? 'w-8 touch:w-11' : 'px-3 touch:px-4',
    looks[look],
  )
}
