import { z } from 'zod'

/** A time in years that a phone call can be in, and that the database can hold. */
export const When = z.iso
  .datetime({ offset: true })
  .refine((text) => /^(19[7-9]|20[0-9])\d-/.test(text), 'must be a time between 1970 and 2100')

/** A day begins and ends with the clocks of the organisation; `to` includes the day it names and excludes the time it names. */
export const DayOrTime = z
  .string()
  .refine(
    (text) =>
      /^(19[7-9]|20[0-9])\d-\d\d-\d\d$/.test(text)
        ? z.iso.date().safeParse(text).success
        : When.safeParse(text).success,
    'must be a day or a time between 1970 and 2100, such as 2026-11-24 or 2026-11-24T09:30:00Z',
  )
