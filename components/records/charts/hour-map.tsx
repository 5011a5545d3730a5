import * as words from '../../words/words.ts'

export interface HourCount {
  /** 1 = Monday. */
  weekday: number
  hour: number
  calls: number
}

const cell = 20
const left = 44
const top = 20
const hours = Array.from({ length: 24 }, (_, hour) => hour)
const days = [1, 2, 3, 4, 5, 6, 7]

/** Weekdays by hours; the darker, the more calls. Each field says its number when pointed at. */
export function HourMap({ counts, title }: { counts: readonly HourCount[]; title: string }) {
  const most = Math.max(1, ...counts.map((one) => one.calls))
  const width = left + 24 * cell
  return (
    <svg
      role="img"
      aria-label={title}
      viewBox={`0 0 ${width} ${top + 7 * cell}`}
      className="w-full max-w-[524px] text-accent"
    >
      {hours
        .filter((hour) => hour % 3 === 0)
        .map((hour) => (
          <text key={hour} x={left + hour * cell} y="14" className="fill-muted text-12 max-sm:text-16">
            {hour}
          </text>
        ))}
      {days.map((weekday) => (
        <g key={weekday}>
          <text x="0" y={top + (weekday - 1) * cell + 14} className="fill-muted text-12 max-sm:text-16">
            {words.overview.weekdays[weekday - 1]}
          </text>
          {hours.map((hour) => {
            const calls = counts.find((one) => one.weekday === weekday && one.hour === hour)?.calls ?? 0
            return (
              <rect
                key={hour}
                x={left + hour * cell}
                y={top + (weekday - 1) * cell}
                width={cell - 2}
                height={cell - 2}
                rx="3"
                fill={calls === 0 ? 'var(--wash)' : 'currentColor'}
                fillOpacity={calls === 0 ? 1 : 0.2 + 0.8 * (calls / most)}
              >
                <title>{words.overview.cell(words.overview.weekdays[weekday - 1] ?? '', `${hour}:00`, calls)}</title>
              </rect>
            )
          })}
        </g>
      ))}
    </svg>
  )
}
