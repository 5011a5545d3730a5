'use client'

import type { ComponentProps, MouseEvent, ReactNode } from 'react'

import { buttonClass, type ButtonLook } from './button-class.ts'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'

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

export function Button({
  look = 'plain',
  busy = false,
  blocked = false,
  icon,
  wide = false,
  type = 'button',
  onClick,
  children,
  ...rest
}: ButtonProps) {
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
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      className="shrink-0 busy-mark"
    >
      <circle cx="8" cy="8" r="5.5" opacity="0.3" />
      <path d="M13.5 8A5.5 5.5 0 0 0 8 2.5" strokeLinecap="round" />
    </svg>
  )
}
