import type { ComponentProps, ReactNode } from 'react'

import { buttonClass, type ButtonLook } from './button.tsx'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'

type LinkButtonProps = Omit<ComponentProps<'a'>, 'style' | 'className'> & {
  href: string
  look?: ButtonLook
  icon?: IconName
  children: ReactNode
}

/** Goes somewhere, looks like a button. */
export function LinkButton({ look = 'plain', icon, children, ...rest }: LinkButtonProps) {
  return (
    <a {...rest} className={buttonClass(look)}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  )
}
