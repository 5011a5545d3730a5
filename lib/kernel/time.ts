export const DEFAULT_TIME_ZONE = 'Africa/Lagos'
const LOCALE = 'en-GB'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const exact = new Map<string, Intl.DateTimeFormat>()
const relative = new Map<string, Intl.RelativeTimeFormat>()

/** `30 Sept 2026, 14:05:10 GMT+1`: a moment as the clock on that wall showed it, with the zone named. */
export function formatExact(at: Date, timeZone: string = DEFAULT_TIME_ZONE, locale: string = LOCALE): string {
  const key = `${locale} ${timeZone}`
  const formatter =
    exact.get(key) ??
    new Intl.DateTimeFormat(locale, {
      timeZone,
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    })
  exact.set(key, formatter)
  return formatter.format(at)
}

const steps = [
  { upTo: MINUTE, unit: 'second', size: SECOND },
  { upTo: HOUR, unit: 'minute', size: MINUTE },
  { upTo: DAY, unit: 'hour', size: HOUR },
  { upTo: 30 * DAY, unit: 'day', size: DAY },
  { upTo: 365 * DAY, unit: 'month', size: 30 * DAY },
  { upTo: Infinity, unit: 'year', size: 365 * DAY },
] as const

/** `2 minutes ago`, `in 3 days`, `now`. Months and years are counted in 30 and 365 days. */
export function formatRelative(at: Date, now: Date, locale: string = LOCALE): string {
  const formatter = relative.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  relative.set(locale, formatter)
  const difference = at.getTime() - now.getTime()
  const away = Math.abs(difference)
  const step = steps.find(({ upTo }) => away < upTo) ?? steps[5]
  return formatter.format(Math.sign(difference) * Math.floor(away / step.size), step.unit)
}

/** `45 s`, `2 min 10 s`, `1 h 5 min`, `3 d 4 h`: the two largest units, the rest dropped. */
export function durationWords(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / SECOND)) * SECOND
  const parts = [
    { count: Math.floor(whole / DAY), unit: 'd' },
    { count: Math.floor((whole % DAY) / HOUR), unit: 'h' },
    { count: Math.floor((whole % HOUR) / MINUTE), unit: 'min' },
    { count: Math.floor((whole % MINUTE) / SECOND), unit: 's' },
  ]
  const first = parts.findIndex(({ count }) => count > 0)
  if (first === -1) return '0 s'
  return parts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ count, unit }) => `${count} ${unit}`)
    .join(' ')
}
