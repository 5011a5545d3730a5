import 'server-only'

import { cookies, headers } from 'next/headers.js'
import { forbidden, notFound, redirect } from 'next/navigation.js'
import type { z } from 'zod'

import { asAppError } from '../guard/refusal.ts'
import { run } from '../guard/run.ts'
import type { Query } from '../guard/use-case.ts'
import { circumstanceOf } from './circumstance.ts'
import { personBehind } from './person.ts'
import { sessionCookie } from './session-cookie.ts'

/**
 * How a page gets its data: a query, asked as the person behind the request. Signed out leads to the sign-in page, not
 * allowed to the 403 page, missing or foreign to the one 404; anything else reaches the error page.
 */
export async function ask<Input extends z.ZodType, Output extends z.ZodType>(
  useCase: Query<Input, Output>,
  input: unknown,
  { org }: { org: string | null },
): Promise<z.output<Output>> {
  const circumstance = circumstanceOf(await headers())
  try {
    const actor = await personBehind((await cookies()).get(sessionCookie)?.value, org)
    return (await run(useCase, actor, input, circumstance)).value
  } catch (failure) {
    const error = asAppError(failure, circumstance.requestId)
    if (error.code === 'auth_required') redirect('/sign-in')
    if (error.code === 'forbidden') forbidden()
    if (error.code === 'not_found' || error.code === 'invalid_input') notFound()
    // The digest is all of an error that Next lets the error page see: our code and request id, nothing else.
    throw Object.assign(error, { digest: `${error.code}:${circumstance.requestId}` })
  }
}
