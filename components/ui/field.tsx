import { type ReactNode, useId } from 'react'

import { Icon } from './icon.tsx'

/** What a control inside a Field must carry to belong to its label, help and error. */
export interface FieldWiring {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

interface FieldProps {
  label: string
  help?: ReactNode
  /** What to do about it, in words. */
  error?: string | undefined
  children: (wiring: FieldWiring) => ReactNode
}

/** Label above, help under, error beside the control. */
export function Field({ label, help, error, children }: FieldProps) {
  const id = useId()
  const helpId = help === undefined ? undefined : `${id}-help`
  const errorId = error === undefined ? undefined : `${id}-error`
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-13 font-medium">
        {label}
      </label>
      {children({
        id,
        'aria-describedby': [errorId, helpId].filter(Boolean).join(' ') || undefined,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {error !== undefined && (
        <p id={errorId} className="flex items-start gap-1.5 text-13 text-bad">
          <Icon name="bad" className="mt-0.5" />
          {error}
        </p>
      )}
      {help !== undefined && (
        <p id={helpId} className="text-12 text-muted">
          {help}
        </p>
      )}
    </div>
  )
}
