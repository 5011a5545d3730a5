import type { ComponentProps } from 'react'

import { classNames } from './class-names.ts'
import { controlClass } from './input.tsx'

/** Some lines of text; it grows with what is written where the browser knows how. */
export function TextArea(props: Omit<ComponentProps<'textarea'>, 'style' | 'className'>) {
  return (
    <textarea
      {...props}
      className={classNames(
        controlClass.replaceAll(/(?:^| )(?:touch:)?h-\d+/g, ''),
        'field-sizing-content min-h-16 py-1.5 leading-5 touch:min-h-20 touch:py-2.5',
      )}
    />
  )
}
