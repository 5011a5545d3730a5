import { z } from 'zod'

/** A form says nothing by an empty value. */
const unlessEmpty = (value: unknown): unknown => (value === '' ? undefined : value)

const LONGEST_CALL_SECONDS = 86_400
const EARLIEST = 0
const LATEST = Date.UTC(2100, 0)

/** Any of these fields, as a form writes it. */
export const optional = <Shape extends z.ZodType>(shape: Shape) => z.preprocess(unlessEmpty, shape.optional())

export const wholeSeconds = z
  .string()
  .regex(/^\d{1,6}$/, 'must be whole seconds')
  .transform(Number)
  .refine((seconds) => seconds <= LONGEST_CALL_SECONDS, 'must be at most a day')

/** A time as `read` understands it, in years a phone call can be in. */
export const timeOf = (read: (text: string) => number) =>
  z
    .string()
    .max(60)
    .transform((text) => new Date(read(text)))
    .refine((time) => time.getTime() >= EARLIEST && time.getTime() < LATEST, 'must be a time')
