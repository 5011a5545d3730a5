import type { ReactNode } from 'react'

import { buttonClass, type ButtonLook } from './button-class.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'
import { NavLink } from './nav-link.tsx'

interface LinkButtonProps {
  href: string
  look?: ButtonLook
  icon?: IconName
  children: ReactNode
}

/** Goes somewhere, looks like a button. */
export function LinkButton({ href, look = 'plain', icon, children }: LinkButtonProps) {
  return (
    <NavLink href={href} className={buttonClass(look)}>
      {icon && <Icon name={icon} />}
      {children}
    </NavLink>
  )
}
