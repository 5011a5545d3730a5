import 'server-only'

import { refusalOf } from '../guard/allowed.ts'
import { hub, type Live } from '../guard/live-hub.ts'
import { takePlace } from '../guard/limits.ts'
import { asAppError, recordRefusal } from '../guard/refusal.ts'
import type { UseCase } from '../guard/use-case.ts'
import { type Circumstance, type PersonActor, platformOrganisation } from '../kernel/actor.ts'
import { AppError, type ErrorCode } from '../kernel/app-error.ts'
import { circumstanceOf } from './circumstance.ts'
import { markDoor } from './door.ts'
import { errorResponse } from './error-response.ts'
import { personBehind } from './person.ts'
import { mayHaveMissed } from './recent-changes.ts'
import type { Handler } from './route.ts'
import { cookieNamed, sessionCookie } from './session-cookie.ts'

const beatMs = 5_000
const recheckEveryMs = 15_000
const streamsPerPerson = 12
const mostWaiting = 200

const shared = globalThis as typeof globalThis & { orinodeStreams?: Map<string, number> }

/**
 * An event stream that says which rows changed, never what they hold: ids, to be fetched through the query's own door.
 * Session and permission are read again whenever access changed anywhere, and at least every 15 s; then it ends.
 * It holds no database connection.
 */
export function stream(useCase: UseCase): Handler {
  return markDoor({ kind: 'stream', useCase, entrance: 'app' }, async (request, context) => {
    const circumstance = circumstanceOf(request.headers)
    const { requestId } = circumstance
    try {
      const { org = null } = await context.params
      const cookie = cookieNamed(request.headers.get('cookie'), sessionCookie)
      const person = await personBehind(cookie, org)
      await admitTo(useCase, person, circumstance)
      const headers = {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-request-id': requestId,
        'x-accel-buffering': 'no',
      }
      // Next answers HEAD with the GET door and drops the body without cancelling it: there must be none.
      if (request.method === 'HEAD') return new Response(null, { headers })
      const release = takeSlot(person.id)
      const lookAgain = async (): Promise<void> => {
        const now = await personBehind(cookie, org, { isWatching: true })
        const refusal = refusalOf(useCase.allow, now)
        if (refusal) throw refusal
      }
      const since = sinceOf(request)
      return new Response(events(person, lookAgain, release, { since, signal: request.signal }), { headers })
    } catch (failure) {
      return errorResponse(asAppError(failure, requestId), requestId)
    }
  })
}

/** How far the window knows already, by our own clock: from its page, or from the last beat it heard. */
function sinceOf(request: Request): number | null {
  const given = new URL(request.url).searchParams.get('since') ?? ''
  return /^\d{13}$/.test(given) ? Number(given) : null
}

/** The same limit, permission and refusal entry as for asking once. */
async function admitTo(useCase: UseCase, person: PersonActor, circumstance: Circumstance): Promise<void> {
  const place = takePlace(useCase.limit, useCase.name, person, circumstance)
  const error = place.isAllowed
    ? refusalOf(useCase.allow, person)
    : new AppError('rate_limited', 'Too many tries. Wait a little, then try again.', {
        retryAfterSeconds: place.retryAfterSeconds,
      })
  if (!error) return
  const organisation = person.organisation?.id ?? platformOrganisation
  await recordRefusal({ organisation, actor: person, circumstance, useCase: useCase.name, error })
  throw error
}

const endings: Partial<Record<ErrorCode, 'signed_out' | 'not_allowed'>> = {
  auth_required: 'signed_out',
  forbidden: 'not_allowed',
  not_found: 'not_allowed',
}

function events(
  person: PersonActor,
  lookAgain: () => Promise<void>,
  release: () => void,
  { since, signal }: { since: number | null; signal: AbortSignal },
): ReadableStream<Uint8Array> {
  const here = hub()
  const text = new TextEncoder()
  let stop = (): void => {}
  return new ReadableStream({
    start(controller) {
      let isOver = false
      let asked = 0
      const say = (event: string, data: Record<string, string>): void => {
        if (isOver) return
        // Somebody who stopped reading must not fill our memory; they come back by themselves.
        if ((controller.desiredSize ?? 0) < -mostWaiting) return leave()
        controller.enqueue(text.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
      }
      const hear = (live: Live): void => {
        if (live.org === person.organisation?.id) say(live.kind, { id: live.id })
      }
      const check = async (): Promise<void> => {
        // Asked again while asking: the answer under way may be older than the change.
        if (++asked > 1) return
        do {
          asked = 1
          try {
            await lookAgain()
          } catch (failure) {
            const reason = failure instanceof AppError ? endings[failure.code] : undefined
            if (reason) say('end', { reason })
            // Anything else is our own trouble, and no word about what they may: they try again.
            leave()
          }
        } while (asked > 1)
        asked = 0
      }
      const recheck = (whose: string | null): void => {
        if (whose === null || whose === person.id || whose === person.membership?.id) check().catch(leave)
      }
      // Only while we hear the database ourselves: a beat says that no news is no news.
      const beat = (): void => {
        if (here.listening?.isHeard() !== false) say('beat', { at: String(Date.now()) })
      }
      const hearAccess = (whose: string | null): void => {
        recheck(whose)
        // The line may have been quiet: what was said meanwhile nobody heard.
        if (whose === null) say('missed', {})
      }
      const beats = setInterval(beat, beatMs)
      const checks = setInterval(() => recheck(null), recheckEveryMs)
      stop = () => {
        isOver = true
        clearInterval(beats)
        clearInterval(checks)
        here.onLive.delete(hear)
        here.onRecheck.delete(hearAccess)
        here.onLeave.delete(leave)
        release()
      }
      function leave(): void {
        if (isOver) return
        stop()
        controller.close()
      }
      here.onLive.add(hear)
      here.onRecheck.add(hearAccess)
      here.onLeave.add(leave)
      signal.addEventListener('abort', () => !isOver && stop(), { once: true })
      // Gone while we were looking them up: nobody tells of an abort twice.
      if (signal.aborted) return leave()
      beat()
      if (mayHaveMissed(here, person.organisation?.id ?? '', since)) say('missed', {})
    },
    cancel() {
      stop()
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
