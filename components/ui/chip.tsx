import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { NavLink } from './nav-link.tsx'

interface ChipProps {
  href: string
  children: string
  /** The filter is on: pressing it takes it away. */
  isOn?: boolean
  removeLabel?: string
}

/** One filter, as a link: works without JavaScript and can be shared. */
export function Chip({ href, children, isOn = false, removeLabel }: ChipProps) {
  return (
    <NavLink
      href={href}
      aria-current={isOn ? 'true' : undefined}
      aria-label={isOn ? removeLabel : undefined}
      className={classNames(
        'inline-flex h-7 items-center gap-1.5 rounded-full border px-3 text-13 whitespace-nowrap no-underline transition-colors touch:h-11 touch:px-4 touch:text-14',
        isOn
          ? 'border-accent bg-accent-wash font-medium text-accent'
          : 'border-line text-muted hover:border-edge hover:text-ink',
      )}
    >
      {children}
      {isOn && removeLabel !== undefined && <Icon name="close" className="-me-1 size-3.5" />}
    </NavLink>
  )
}
