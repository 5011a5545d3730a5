import type { ComponentProps } from 'react'

import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { controlClass } from './input.tsx'

/** The platform's own list, which every phone knows how to show. */
export function Select({ children, ...rest }: Omit<ComponentProps<'select'>, 'style' | 'className'>) {
  return (
    <span className="relative block">
      <select {...rest} className={classNames(controlClass, 'appearance-none pe-8 touch:pe-9')}>
        {children}
      </select>
      <Icon name="down" className="pointer-events-none absolute inset-y-0 end-2 my-auto text-muted" />
    </span>
  )
}
