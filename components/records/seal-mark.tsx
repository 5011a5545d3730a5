import { Glyph } from '../ui/glyph.tsx'

interface SealMarkProps {
  /** Said aloud where no word beside it says so. */
  label?: string
  className?: string
}

/** The seal: this field is stored encrypted, or its digits are not here at all. */
export function SealMark({ label, className = '' }: SealMarkProps) {
  return <Glyph name="seal" className={`seal ${className}`} {...(label === undefined ? {} : { label })} />
}
