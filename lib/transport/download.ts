import 'server-only'

import type { z } from 'zod'

import { refusalOf } from '../guard/allowed.ts'
import { hub } from '../guard/live-hub.ts'
import { asAppError } from '../guard/refusal.ts'
import { run } from '../guard/run.ts'
import type { Command } from '../guard/use-case.ts'
import { AppError } from '../kernel/app-error.ts'
import { circumstanceOf } from './circumstance.ts'
import { markDoor } from './door.ts'
import { errorResponse } from './error-response.ts'
import { personBehind } from './person.ts'
import type { Handler, Params } from './route.ts'
import { cookieNamed, sessionCookie } from './session-cookie.ts'

const lookEveryMs = 15_000

interface Sendable {
  content_type: string
  size: number
  /** First and last byte; null where there is no such part. */
  part: { from: number; to: number; is_whole: boolean } | null
  bytes: AsyncIterable<Uint8Array>
}

/**
 * A whole API file that sends bytes, or a part of them, to a person. What the use case has to record is committed before the first
 * byte leaves; session and permission are read again while they do, and a refusal cuts the answer off.
 */
export function download<Input extends z.ZodType, Output extends z.ZodType<Sendable>>(
  useCase: Command<Input, Output>,
  input: (parts: { params: Params; range: string | null; isHead: boolean }) => unknown,
): Handler {
  return markDoor({ kind: 'route', useCase, entrance: 'app' }, async (request, context) => {
    const circumstance = circumstanceOf(request.headers)
    const { requestId } = circumstance
    try {
      const params = await context.params
      const { org = null } = params
      const cookie = cookieNamed(request.headers.get('cookie'), sessionCookie)
      const person = await personBehind(cookie, org)
      const isHead = request.method === 'HEAD'
      // We give no validator, so a range on condition of one is asked on a condition never met.
      const range = request.headers.has('if-range') ? null : request.headers.get('range')
      const { value } = await run(useCase, person, input({ params, range, isHead }), circumstance)
      const headers = headOf(value, requestId)
      if (value.part === null) {
        const error = new AppError('range_not_satisfiable', 'There is no such part. Ask for one range of bytes.')
        const answer = errorResponse(error, requestId)
        answer.headers.set('content-range', `bytes */${value.size}`)
        return answer
      }
      const status = value.part.is_whole ? 200 : 206
      if (isHead) return new Response(null, { status, headers })
      const lookAgain = async (): Promise<void> => {
        const refusal = refusalOf(useCase.allow, await personBehind(cookie, org, { isWatching: true }))
        if (refusal) throw refusal
      }
      const ids = [person.id, person.membership?.id]
      return new Response(watched(value.bytes, lookAgain, ids, request.signal), { status, headers })
    } catch (failure) {
      return errorResponse(asAppError(failure, requestId), requestId)
    }
  })
}

function headOf({ content_type, size, part }: Sendable, requestId: string): Headers {
  const headers = new Headers({
    'content-type': content_type,
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
    'x-request-id': requestId,
  })
  if (part) headers.set('content-length', String(part.to - part.from + 1))
  if (part && !part.is_whole) headers.set('content-range', `bytes ${part.from}-${part.to}/${size}`)
  return headers
}

/** Handed on piece by piece, no faster than they are taken. */
function watched(
  bytes: AsyncIterable<Uint8Array>,
  lookAgain: () => Promise<void>,
  ids: readonly (string | undefined)[],
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const source = bytes[Symbol.asyncIterator]()
  const { onRecheck } = hub()
  let lookAt = performance.now() + lookEveryMs
  const recheck = (whose: string | null): void => {
    if (whose === null || ids.includes(whose)) lookAt = 0
  }
  const stop = (): void => {
    onRecheck.delete(recheck)
  }
  /** A stream that failed is not cancelled any more, so it closes its source itself. */
  const end = async (): Promise<void> => {
    stop()
    await source.return?.()
  }
  return new ReadableStream(
    {
      start() {
        onRecheck.add(recheck)
        signal.addEventListener('abort', stop, { once: true })
        if (signal.aborted) stop()
      },
      async pull(controller) {
        try {
          if (performance.now() >= lookAt) {
            lookAt = performance.now() + lookEveryMs
            await lookAgain()
          }
          const step: IteratorResult<Uint8Array, unknown> = await source.next()
          if (step.done !== true) return controller.enqueue(step.value)
          stop()
          controller.close()
        } catch (error) {
          await end()
          throw error
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  )
}
