import type { ComponentProps, MouseEvent, ReactNode } from 'react'

import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'

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

type ButtonProps = Omit<ComponentProps<'button'>, 'style' | 'className'> & {
  look?: ButtonLook
  /** Working: says so, ignores presses, keeps focus. */
  busy?: boolean
  /** Refuses presses but keeps focus, e.g. while a limit runs out. */
  blocked?: boolean
  icon?: IconName
  wide?: boolean
  children?: ReactNode
}

export function Button({ look = 'plain', busy = false, blocked = false, icon, wide = false, type = 'button', onClick, children, ...rest }: ButtonProps) {
  const isStopped = busy || blocked
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (isStopped) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      {...rest}
      type={type === 'submit' ? 'submit' : 'button'}
      {...(isStopped || onClick ? { onClick: press } : {})}
      aria-disabled={isStopped || undefined}
      aria-busy={busy || undefined}
      className={classNames(buttonClass(look, icon !== undefined && children === undefined), wide && 'w-full')}
    >
      {busy ? <BusyMark /> : icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

function BusyMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" strokeWidth="2" className="shrink-0 busy-mark">
      <circle cx="8" cy="8" r="5.5" opacity="0.3" />
      <path d="M13.5 8A5.5 5.5 0 0 0 8 2.5" strokeLinecap="round" />
    </svg>
  )
}
