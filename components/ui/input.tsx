import type { ComponentProps } from 'react'

import { classNames } from './class-names.ts'

/** Below 16 px a phone zooms into the field, so touch gets 16. */
export const controlClass = classNames(
  'block h-8 w-full min-w-0 rounded-6 border border-edge bg-raised px-2.5 text-14 text-ink placeholder:text-muted',
  'touch:h-11 touch:px-3 touch:text-16',
  'hover:border-ink aria-invalid:border-bad disabled:border-line disabled:bg-wash disabled:text-muted',
)

/** The browser's own button, quiet, on the line of the name beside it. */
const fileClass = 'py-1 file:me-3 file:h-full file:cursor-pointer file:font-medium file:text-accent touch:py-2'

export function Input({
  mono = false,
  ...rest
}: Omit<ComponentProps<'input'>, 'style' | 'className'> & { mono?: boolean }) {
  return (
    <input {...rest} className={classNames(controlClass, mono && 'font-mono', rest.type === 'file' && fileClass)} />
  )
}
