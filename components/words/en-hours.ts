const days: Record<string, string> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
}

export const hours = {
  days,
  open: 'Open',
  help: 'Outside these hours the fallback counts.',
  from: (day: string) => `${day}, from`,
  to: (day: string) => `${day}, to`,
} as const
