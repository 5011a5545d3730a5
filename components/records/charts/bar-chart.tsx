export interface Bar {
  label: string
  value: number
  /** What stands at its end. */
  text: string
}

const row = 26

/** Bars from zero, the longest the whole width, each with its name and number. */
export function BarChart({ bars, title }: { bars: readonly Bar[]; title: string }) {
  const most = Math.max(1, ...bars.map((bar) => bar.value))
  return (
    <svg
      role="img"
      aria-label={`${title}: ${bars.map((bar) => `${bar.label} ${bar.text}`).join(', ')}`}
      width="100%"
      height={bars.length * row}
      className="text-accent"
    >
      {bars.map((bar, at) => (
        <g key={bar.label}>
          <rect x="0" y={at * row + 18} width="100%" height="4" rx="2" className="fill-wash" />
          <rect x="0" y={at * row + 18} width={`${(bar.value / most) * 100}%`} height="4" rx="2" fill="currentColor" />
          {/* A picture of its own cuts a long name off before the number. */}
          <svg x="0" y={at * row} width="68%" height="17">
            <title>{bar.label}</title>
            <text x="0" y="13" className="fill-ink text-12">
              {bar.label}
            </text>
          </svg>
          <text x="100%" y={at * row + 13} textAnchor="end" className="fill-muted text-12 tabular-nums">
            {bar.text}
          </text>
        </g>
      ))}
    </svg>
  )
}
