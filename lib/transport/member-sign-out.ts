import 'server-only'

import { signOut } from '#lib/features/identity/index'

import { asAppError } from '../guard/refusal.ts'
import { run } from '../guard/run.ts'
import { AppError } from '../kernel/app-error.ts'
import { circumstanceOf } from './circumstance.ts'
import { errorResponse } from './error-response.ts'
import { ourOrigin } from './origin.ts'
import { personBehind } from './person.ts'
import { cookieNamed, sessionCookie } from './session-cookie.ts'

/** `POST /api/auth/signout`: ends the session's row, then lets the browser forget the cookie and what it kept. */
export async function memberSignOut(request: Request): Promise<Response> {
  const circumstance = circumstanceOf(request.headers)
  try {
    if (!ourOrigin(request.headers)) throw new AppError('wrong_origin', 'This request did not come from our own pages.')
    const actor = await personBehind(cookieNamed(request.headers.get('cookie'), sessionCookie), null)
    await run(signOut, actor, {}, circumstance)
  } catch (failure) {
    const error = asAppError(failure, circumstance.requestId)
    // Somebody already signed out is where they wanted to be.
    if (error.code !== 'auth_required') return errorResponse(error, circumstance.requestId)
  }
  return new Response(null, {
    status: 303,
    headers: {
      location: '/sign-in',
      'cache-control': 'no-store',
      'clear-site-data': '"cache", "storage"',
      'set-cookie': `${sessionCookie}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax`,
    },
  })
}
