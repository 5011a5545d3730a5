import { useId } from 'react'

interface ProgressBarProps {
  label: string
  /** Left out while how far is not known. */
  value?: number
  max?: number
  detail?: string
}

export function ProgressBar({ label, value, max = 100, detail }: ProgressBarProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex justify-between gap-4 text-13">
        <label htmlFor={id}>{label}</label>
        {detail !== undefined && <span className="text-muted">{detail}</span>}
      </div>
      <progress id={id} className="progress" max={max} {...(value === undefined ? {} : { value })} />
    </div>
  )
}
