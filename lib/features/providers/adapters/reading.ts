import { z } from 'zod'

import { storableText } from '../../../kernel/clean-text.ts'
import { fieldErrors } from '../../../guard/input.ts'
import { AppError } from '../../../kernel/app-error.ts'
import type { CallFacts } from '../../calls/shapes.ts'

/**
 * What somebody sent in the shape their documents promise.
 * @throws AppError invalid_input naming each wrong field of the shape, and nothing of what was in it
 */
export function readAs<Shape extends z.ZodType>(shape: Shape, body: unknown, whose: string): z.output<Shape> {
  const result = shape.safeParse(body, { reportInput: true })
  if (result.success) return result.data
  throw new AppError('invalid_input', `This is not an event as ${whose} documents it.`, {
    fields: fieldErrors(result.error),
  })
}

export const textOf = (longest: number) => z.string().max(longest).transform(storableText)

/** An outside name for a call: no spaces, so that nothing said can hide in it. */
export const callName = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 visible ASCII characters')

/** `{ [name]: value }`, or nothing: a field that was not told must not be there at all. */
export function given<Name extends keyof CallFacts>(name: Name, value: CallFacts[Name] | null): Partial<CallFacts> {
  return value === undefined || value === null || value === '' ? {} : { [name]: value }
}

/** An address we would not fetch is no reason to lose the call: it is left out. */
export function httpsAddress(text: string | null | undefined): string | null {
  return text && text.length <= 2_000 && URL.parse(text)?.protocol === 'https:' ? text : null
}
