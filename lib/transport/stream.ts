import 'server-only'

import { holds } from '../guard/allowed.ts'
import { hub, type Live } from '../guard/live-hub.ts'
import { asAppError } from '../guard/refusal.ts'
import type { UseCase } from '../guard/use-case.ts'
import type { PersonActor } from '../kernel/actor.ts'
import { AppError } from '../kernel/app-error.ts'
import { circumstanceOf } from './circumstance.ts'
import { markDoor } from './door.ts'
import { errorResponse } from './error-response.ts'
import { personBehind } from './person.ts'
import type { Handler } from './route.ts'
import { cookieNamed, sessionCookie } from './session-cookie.ts'

const beatMs = 5_000
const recheckEveryMs = 15_000
const streamsPerPerson = 12

const shared = globalThis as typeof globalThis & { orinodeStreams?: Map<string, number> }

/**
 * An event stream that says which rows changed, never what they hold: ids, to be fetched through the query's own door.
 * Session and permission are read again whenever access changed anywhere, and at least every 15 s; then it ends.
 * It holds no database connection.
 */
export function stream(useCase: UseCase): Handler {
  return markDoor({ kind: 'stream', useCase, entrance: 'app' }, async (request, context) => {
    const { requestId } = circumstanceOf(request.headers)
    try {
      const { org = null } = await context.params
      const cookie = cookieNamed(request.headers.get('cookie'), sessionCookie)
      const admit = async (): Promise<PersonActor> => {
        const person = await personBehind(cookie, org)
        if (useCase.allow !== 'anyone' && useCase.allow !== 'self' && !holds(person, useCase.allow))
          throw new AppError('forbidden', 'You may not watch this.')
        return person
      }
      const person = await admit()
      const release = takeSlot(person.id)
      return new Response(events(person, admit, release, request.signal), {
        headers: {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          'x-request-id': requestId,
          'x-accel-buffering': 'no',
        },
      })
    } catch (failure) {
      return errorResponse(asAppError(failure, requestId), requestId)
    }
  })
}

function events(
  person: PersonActor,
  admit: () => Promise<PersonActor>,
  release: () => void,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const here = hub()
  const text = new TextEncoder()
  let end = (_reason: 'signed_out' | 'not_allowed' | 'closed'): void => {}
  return new ReadableStream({
    start(controller) {
      let isOver = false
      let isChecking = false
      const say = (event: string, data: Record<string, string>): void => {
        if (!isOver) controller.enqueue(text.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
      }
      const hear = (live: Live): void => {
        if (live.org === person.organisation?.id) say(live.kind, { id: live.id })
      }
      const check = async (): Promise<void> => {
        if (isChecking || isOver) return
        isChecking = true
        try {
          await admit()
        } catch (failure) {
          end(failure instanceof AppError && failure.code === 'auth_required' ? 'signed_out' : 'not_allowed')
        } finally {
          isChecking = false
        }
      }
      const recheck = (): void => void check()
      const beats = setInterval(() => say('beat', {}), beatMs)
      const checks = setInterval(recheck, recheckEveryMs)
      here.onLive.add(hear)
      here.onRecheck.add(recheck)
      end = (reason) => {
        if (isOver) return
        if (reason !== 'closed') say('end', { reason })
        isOver = true
        clearInterval(beats)
        clearInterval(checks)
        here.onLive.delete(hear)
        here.onRecheck.delete(recheck)
        release()
        if (reason !== 'closed') controller.close()
      }
      signal.addEventListener('abort', () => end('closed'), { once: true })
      say('beat', {})
    },
    cancel() {
      end('closed')
    },
  })
}

function takeSlot(person: string): () => void {
  const open = (shared.orinodeStreams ??= new Map())
  const count = open.get(person) ?? 0
  if (count >= streamsPerPerson)
    throw new AppError('rate_limited', 'Too many live windows are open.', { retryAfterSeconds: 10 })
  open.set(person, count + 1)
  let isFree = false
  return () => {
    if (isFree) return
    isFree = true
    const left = (open.get(person) ?? 1) - 1
    if (left > 0) open.set(person, left)
    else open.delete(person)
  }
}
