import 'server-only'

import type { z } from 'zod'

import { refusalOf } from '../guard/allowed.ts'
import { asAppError } from '../guard/refusal.ts'
import { run } from '../guard/run.ts'
import type { Command } from '../guard/use-case.ts'
import { AppError } from '../kernel/app-error.ts'
import { apiKeyActor, sameApiKey } from './api-key-door.ts'
import { circumstanceOf } from './circumstance.ts'
import { markDoor } from './door.ts'
import { errorResponse } from './error-response.ts'
import type { Handler, Params } from './route.ts'

interface Shape<Value> {
  /** The body is handed on unread: the use case takes it as it comes. */
  input: (parts: { params: Params; headers: Headers; body: AsyncIterable<Uint8Array> }) => unknown
  respond: (value: Value) => { status: number; body: Record<string, unknown> }
}

/**
 * A whole API file that takes a file in its body, from a machine with a key. The key is looked at before the first byte
 * and once more after the last, before the use case knows that it was the last; how much may come, the front server's table of body
 * limits says, and the use case.
 */
export function upload<Input extends z.ZodType, Output extends z.ZodType>(
  useCase: Command<Input, Output>,
  shape: Shape<z.output<Output>>,
): Handler {
  return markDoor({ kind: 'route', useCase, entrance: 'v1' }, async (request, context) => {
    const circumstance = circumstanceOf(request.headers)
    const { requestId } = circumstance
    try {
      const actor = await apiKeyActor(request, circumstance)
      if (new URL(request.url).search !== '') {
        throw new AppError('invalid_input', 'Some fields need another look.', { fields: { query: 'must be empty' } })
      }
      const params = await context.params
      const lookAgain = async (): Promise<void> => {
        const refusal = refusalOf(useCase.allow, await sameApiKey(request, circumstance))
        if (refusal) throw refusal
      }
      const given = shape.input({ params, headers: request.headers, body: thenAsked(request.body, lookAgain) })
      const { value } = await run(useCase, actor, given, circumstance)
      const { status, body } = shape.respond(value)
      return Response.json(
        { ...body, request_id: requestId },
        { status, headers: { 'cache-control': 'no-store', 'x-request-id': requestId } },
      )
    } catch (failure) {
      return errorResponse(asAppError(failure, requestId), requestId)
    }
  })
}

/** A body that ends only where its sender still may. */
async function* thenAsked(body: Request['body'], lookAgain: () => Promise<void>): AsyncGenerator<Uint8Array> {
  if (body) yield* body
  await lookAgain()
}
