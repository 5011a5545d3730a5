import * as words from '../words/words.ts'

/** A head and the ring of voices around it. */
function BrandMark({ size = 20 }: { size?: number }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 20 20" width={size} height={size} className="shrink-0 text-accent">
      <circle
        cx="10"
        cy="10"
        r="7.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeDasharray="35 12.12"
        transform="rotate(-18 10 10)"
      />
      <circle cx="10" cy="10" r="3" fill="currentColor" />
    </svg>
  )
}

export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 text-16 font-semibold tracking-tight">
      <BrandMark />
      {words.product}
    </span>
  )
}
