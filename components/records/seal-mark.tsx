import { classNames } from '../ui/class-names.ts'

interface SealMarkProps {
  /** Said aloud where no word beside it says so. */
  label?: string
  className?: string
}

/** The seal: this field is stored encrypted, or its digits are not here at all. */
export function SealMark({ label, className }: SealMarkProps) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="14"
      height="14"
      fill="currentColor"
      fillRule="evenodd"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      className={classNames('shrink-0', className)}
    >
      <path d="M8 .8l1.9 1.7 2.5-.3.5 2.5 2.2 1.3L14 8.3l.9 2.3-2.3 1.2-.6 2.5-2.5-.4L8 15.5l-1.7-1.6-2.5.4-.5-2.5-2.3-1.2L2 8.3 1 6l2.2-1.3.4-2.5 2.5.3zM8 4.9a1.9 1.9 0 0 0-.8 3.6L6.7 11.2h2.6L8.8 8.5A1.9 1.9 0 0 0 8 4.9z" />
    </svg>
  )
}
