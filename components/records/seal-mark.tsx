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
      fill="none"
      stroke="currentColor"
      strokeWidth="1.2"
      strokeLinejoin="round"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      className={classNames('shrink-0', className)}
    >
      <path d="M8.00 1.90A2.11 2.11 0 0 1 11.59 3.06A2.11 2.11 0 0 1 13.80 6.11A2.11 2.11 0 0 1 13.80 9.89A2.11 2.11 0 0 1 11.59 12.94A2.11 2.11 0 0 1 8.00 14.10A2.11 2.11 0 0 1 4.41 12.94A2.11 2.11 0 0 1 2.20 9.89A2.11 2.11 0 0 1 2.20 6.11A2.11 2.11 0 0 1 4.41 3.06A2.11 2.11 0 0 1 8.00 1.90z" />
      <circle cx="8" cy="7.1" r="1.5" fill="currentColor" stroke="none" />
      <path d="M8 8v2.6" strokeWidth="1.5" strokeLinecap="round" />
    </svg>
  )
}
