export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** Local times of day, `08:00`; a day that is absent is closed. */
export type OpeningHours = { readonly [Day in Weekday]?: { readonly from: string; readonly to: string } }
