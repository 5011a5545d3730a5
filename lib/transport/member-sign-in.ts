import 'server-only'

import { createHash, randomBytes } from 'node:crypto'

import NextAuth, { type AuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'

import { lifetimeSeconds, signIn } from '#lib/features/identity/index'

import { mintNobody } from '../guard/actors.ts'
import { asAppError, recordRefusal } from '../guard/refusal.ts'
import { run } from '../guard/run.ts'
import { type Circumstance, platformOrganisation } from '../kernel/actor.ts'
import { AppError } from '../kernel/app-error.ts'
import { HOME_PATH, returnPath } from '../kernel/return-path.ts'
import { circumstanceOf } from './circumstance.ts'
import { errorBody, errorResponse } from './error-response.ts'
import { ourOrigin } from './origin.ts'
import { rawBody } from './request-body.ts'
import { sessionCookie, sessionSecret } from './session-cookie.ts'

const cookie = (name: string) => ({
  name: `__Host-orinode.${name}`,
  options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: true },
})

/**
 * `POST /api/auth/callback/credentials`: runs the sign-in command with its limits, then has next-auth make the cookie.
 * A form without JavaScript is sent on by redirect; our own script asks for JSON.
 */
export async function memberSignIn(request: Request): Promise<Response> {
  const circumstance = circumstanceOf(request.headers)
  const wantsJson = request.headers.get('accept')?.includes('application/json') ?? false
  try {
    if (!ourOrigin(request.headers)) {
      const error = new AppError('wrong_origin', 'This request did not come from our own pages.')
      await recordRefusal({
        organisation: platformOrganisation,
        actor: mintNobody(),
        circumstance,
        useCase: 'identity.sign-in',
        error,
      })
      throw error
    }
    const form = await signInForm(request)
    const to = returnPath(form.get('next')) ?? HOME_PATH
    const attempt = await authenticate(
      { email: form.get('email') ?? '', password: form.get('password') ?? '' },
      circumstance,
    )
    if (attempt.refused) return refusal(attempt.refused, wantsJson, to, circumstance)
    const answer = wantsJson
      ? Response.json({ ok: true, to, request_id: circumstance.requestId })
      : new Response(null, { status: 303, headers: { location: to } })
    for (const value of attempt.cookies) answer.headers.append('set-cookie', value)
    answer.headers.set('cache-control', 'no-store')
    return answer
  } catch (failure) {
    return refusal(asAppError(failure, circumstance.requestId), wantsJson, HOME_PATH, circumstance)
  }
}

function refusal(error: AppError, wantsJson: boolean, to: string, { requestId }: Circumstance): Response {
  if (wantsJson) {
    if (error.retryAfterSeconds === undefined) return errorResponse(error, requestId)
    return Response.json(
      { ...errorBody(error, requestId), retry_after_seconds: error.retryAfterSeconds },
      {
        status: error.status,
        headers: { 'retry-after': String(error.retryAfterSeconds), 'cache-control': 'no-store' },
      },
    )
  }
  const back = new URLSearchParams(outcomeOf(error))
  if (to !== HOME_PATH) back.set('next', to)
  const headers = new Headers({ 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8' })
  if (error.code === 'rate_limited') {
    headers.set('retry-after', String(error.retryAfterSeconds ?? 60))
    headers.set('refresh', `0; url=/sign-in?${back.toString()}`)
    return new Response(
      '<!doctype html><title>Too many tries</title><p>Too many tries. Wait a little, then try again.</p>',
      { status: 429, headers },
    )
  }
  headers.set('location', `/sign-in?${back.toString()}`)
  return new Response(null, { status: 303, headers })
}

/** What the page says when it is drawn again. Our own trouble must not read as a wrong password. */
function outcomeOf(error: AppError): Record<string, string> {
  if (error.code === 'rate_limited') return { limited: String(error.retryAfterSeconds ?? 60) }
  return error.status < 500 ? { refused: '1' } : { failed: '1' }
}

async function signInForm(request: Request): Promise<URLSearchParams> {
  if (!/^application\/x-www-form-urlencoded(;|$)/i.test(request.headers.get('content-type') ?? '')) {
    throw new AppError('unsupported_type', 'Send the sign-in form as it is.')
  }
  return new URLSearchParams((await rawBody(request)).toString('utf8'))
}

/**
 * Has next-auth authorize and make its cookie. Our Origin check has already stood where its form token would, so the
 * token it insists on is made here. The cookie carries the random session id and nothing else.
 */
async function authenticate(
  input: { email: string; password: string },
  circumstance: Circumstance,
): Promise<{ refused: AppError } | { refused: null; cookies: string[] }> {
  const token = randomBytes(32).toString('hex')
  const csrf = `${token}|${createHash('sha256').update(`${token}${sessionSecret()}`).digest('hex')}`
  const out: string[] = []
  let refused: AppError | null = null
  const authorize = async () => {
    try {
      return { id: (await run(signIn, mintNobody(), input, circumstance)).value.session_id }
    } catch (failure) {
      refused = asAppError(failure, circumstance.requestId)
      return null
    }
  }
  const answer = {
    status: () => answer,
    json: () => answer,
    send: () => answer,
    end: () => answer,
    getHeader: () => out.splice(0),
    setHeader: (name: string, value: string | string[]) => {
      if (name.toLowerCase() === 'set-cookie') out.push(...[value].flat())
      return answer
    },
  }
  const ask = {
    method: 'POST',
    headers: {},
    cookies: { [cookie('csrf').name]: csrf },
    query: { nextauth: ['callback', 'credentials'] },
    body: { csrfToken: token, json: 'true', callbackUrl: '/' },
  }
  // next-auth's handler for a Node-style request and response: the one that takes cookies as they are given.
  await (NextAuth as unknown as (asked: unknown, answered: unknown, options: AuthOptions) => Promise<unknown>)(
    ask,
    answer,
    options(authorize),
  )
  const cookies = out.filter((line) => line.startsWith(`${sessionCookie}=`))
  if (cookies.length > 0) return { refused: null, cookies }
  return {
    refused:
      refused ?? new AppError('internal', 'Something went wrong on our side.', { why: 'next-auth made no cookie' }),
  }
}

function options(authorize: () => Promise<{ id: string } | null>): AuthOptions {
  return {
    secret: sessionSecret(),
    session: { strategy: 'jwt', maxAge: lifetimeSeconds },
    useSecureCookies: true,
    cookies: {
      sessionToken: cookie('session'),
      csrfToken: cookie('csrf'),
      callbackUrl: cookie('callback'),
      pkceCodeVerifier: cookie('pkce'),
      state: cookie('state'),
      nonce: cookie('nonce'),
    },
    providers: [Credentials({ name: 'password', credentials: {}, authorize })],
    callbacks: { jwt: ({ user }) => ({ sid: user.id }) },
    logger: { error: () => {}, warn: () => {}, debug: () => {} },
  }
}
