import 'server-only'

import { cookies, headers } from 'next/headers.js'
import { forbidden, notFound, redirect } from 'next/navigation.js'
import type { z } from 'zod'

import { asAppError } from '../guard/refusal.ts'
import { run } from '../guard/run.ts'
import type { Query } from '../guard/use-case.ts'
import { signInPath } from '../kernel/return-path.ts'
import { circumstanceOf } from './circumstance.ts'
import { forErrorPage } from './error-page.ts'
import { personBehind } from './person.ts'
import { sessionCookie } from './session-cookie.ts'

interface Asking {
  /** The organisation the address names; null where it names none. */
  org: string | null
}

/**
 * How a page gets its data: a query, asked as the person behind the request. Signed out leads to the sign-in page and back,
 * not allowed to the 403 page, missing or foreign to the one 404; anything else reaches the error page. With `typed` the
 * input is an address somebody may have written by hand: null, where it makes no sense, is for the page to say.
 */
export async function ask<Input extends z.ZodType, Output extends z.ZodType>(
  useCase: Query<Input, Output>,
  input: unknown,
  asking: Asking,
): Promise<z.output<Output>>
export async function ask<Input extends z.ZodType, Output extends z.ZodType>(
  useCase: Query<Input, Output>,
  input: unknown,
  asking: Asking & { typed: true },
): Promise<z.output<Output> | null>
export async function ask<Input extends z.ZodType, Output extends z.ZodType>(
  useCase: Query<Input, Output>,
  input: unknown,
  { org, typed = false }: Asking & { typed?: boolean },
): Promise<z.output<Output> | null> {
  const asked = await headers()
  const circumstance = circumstanceOf(asked)
  try {
    const actor = await personBehind((await cookies()).get(sessionCookie)?.value, org)
    return (await run(useCase, actor, input, circumstance)).value
  } catch (failure) {
    const error = asAppError(failure, circumstance.requestId)
    if (error.code === 'auth_required') redirect(signInPath(asked.get('x-orinode-path')))
    if (error.code === 'forbidden') forbidden()
    if (error.code === 'invalid_input' && typed) return null
    if (error.code === 'not_found' || error.code === 'invalid_input') notFound()
    throw forErrorPage(error, circumstance.requestId)
  }
}

/** Whether somebody is signed in, for pages that strangers see too. Where that cannot be told, nobody is. */
export async function isSignedIn(): Promise<boolean> {
  const cookie = (await cookies()).get(sessionCookie)?.value
  return personBehind(cookie, null).then(
    () => true,
    () => false,
  )
}
