'use client'

import { type ComponentProps, type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef } from 'react'

import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'
import { NavLink } from './nav-link.tsx'

const itemClass =
  'flex min-h-8 w-full items-center gap-2.5 rounded-6 px-2.5 py-1 text-start text-13 text-ink no-underline hover:bg-wash focus-visible:-outline-offset-2 touch:min-h-11 touch:text-14'

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }

/** A column of links and buttons inside a Popover; arrows move through all of it, and a keyboard lands on the first. */
export function MenuList({ children }: { children: ReactNode }) {
  const list = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const float = list.current?.closest('[popover]')
    const onToggle = (event: Event) => {
      const isFirst = list.current?.contains(itemsOf(float)[0] ?? null)
      if (
        isFirst &&
        event instanceof ToggleEvent &&
        event.newState === 'open' &&
        document.activeElement?.matches(':focus-visible')
      )
        itemsOf(float)[0]?.focus()
    }
    float?.addEventListener('toggle', onToggle)
    return () => float?.removeEventListener('toggle', onToggle)
  }, [])

  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = steps[event.key]
    if (step === undefined) return
    const items = itemsOf(event.currentTarget.closest('[popover]') ?? event.currentTarget)
    const at = items.findIndex((item) => item === document.activeElement)
    items.at((at + step) % items.length)?.focus()
    event.preventDefault()
  }
  return (
    <div ref={list} className="flex flex-col" onKeyDown={move} role="presentation">
      {children}
    </div>
  )
}

function itemsOf(float: Element | null | undefined): HTMLElement[] {
  return float ? [...float.querySelectorAll<HTMLElement>('a[href], button')] : []
}

interface ItemProps {
  icon?: IconName | undefined
  isOn?: boolean
  children: ReactNode
}

export function MenuLink({ href, icon, isOn = false, children }: ItemProps & { href: string }) {
  return (
    <NavLink href={href} aria-current={isOn ? 'true' : undefined} className={itemClass} onClick={closeFloat}>
      <ItemInside icon={icon} isOn={isOn}>
        {children}
      </ItemInside>
    </NavLink>
  )
}

type MenuButtonProps = ItemProps &
  Pick<ComponentProps<'button'>, 'onClick' | 'type' | 'popoverTarget' | 'popoverTargetAction'>

export function MenuButton({ icon, isOn = false, children, type = 'button', ...rest }: MenuButtonProps) {
  return (
    <button {...rest} type={type === 'submit' ? 'submit' : 'button'} className={itemClass}>
      <ItemInside icon={icon} isOn={isOn}>
        {children}
      </ItemInside>
    </button>
  )
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <p className="px-2.5 pt-2 pb-1 text-12 text-muted">{children}</p>
}

export function MenuLine() {
  return <div className="my-1 border-t border-line" />
}

/** The page stays when only its content changes, so the menu must go by itself. */
function closeFloat(event: MouseEvent<HTMLElement>): void {
  event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()
}

function ItemInside({ icon, isOn, children }: ItemProps) {
  return (
    <>
      {icon && <Icon name={icon} className="text-muted" />}
      <span className={classNames('min-w-0 flex-1 truncate', isOn && 'font-medium')}>{children}</span>
      {isOn && <Icon name="check" className="text-accent" />}
    </>
  )
}
