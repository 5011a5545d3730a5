export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** Local times of day, `08:00`; a day that is absent is closed. */
export type OpeningHours = { readonly [Day in Weekday]?: { readonly from: string; readonly to: string } }

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Whether it is open at a moment, by the clock of its time zone. Closing time itself is closed. */
export function isOpenAt(hours: OpeningHours, timeZone: string, at: Date): boolean {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
  clocks.set(timeZone, clock)
  const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]))
  const day = weekdays.find((one) => one === parts['weekday']?.toLowerCase())
  const open = day && hours[day]
  const time = `${parts['hour']}:${parts['minute']}`
  return open !== undefined && open.from <= time && time < open.to
}
