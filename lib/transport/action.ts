import 'server-only'

import { cookies, headers } from 'next/headers.js'
import type { z } from 'zod'

import { asAppError } from '../guard/refusal.ts'
import { run } from '../guard/run.ts'
import type { UseCase } from '../guard/use-case.ts'
import { AppError, type ErrorCode, type FieldErrors } from '../kernel/app-error.ts'
import { circumstanceOf } from './circumstance.ts'
import { markDoor } from './door.ts'
import { ourOrigin } from './origin.ts'
import { personBehind } from './person.ts'
import { sessionCookie } from './session-cookie.ts'

/** What a form learns of its action. */
export type ActionAnswer<Value> =
  | { ok: true; value: Value }
  | { ok: false; code: ErrorCode; message: string; fields?: FieldErrors; requestId: string; retryAfterSeconds?: number }

/**
 * A whole server action: one use case, as the person behind the request. Next runs an action even when Origin is
 * missing, so the frame checks it again.
 */
export function action<Input extends z.ZodType, Output extends z.ZodType>(useCase: UseCase<Input, Output>) {
  return markDoor(
    { kind: 'action', useCase, entrance: 'app' },
    async (input: z.input<Input>, org: string | null): Promise<ActionAnswer<z.output<Output>>> => {
      const asked = await headers()
      const circumstance = circumstanceOf(asked)
      try {
        if (!ourOrigin(asked)) throw new AppError('wrong_origin', 'This request did not come from our own pages.')
        const actor = await personBehind(
          (await cookies()).get(sessionCookie)?.value,
          typeof org === 'string' ? org : null,
        )
        return { ok: true, value: (await run(useCase, actor, input, circumstance)).value }
      } catch (failure) {
        const { code, message, fields, retryAfterSeconds } = asAppError(failure, circumstance.requestId)
        return {
          ok: false,
          code,
          message,
          requestId: circumstance.requestId,
          ...(fields ? { fields } : {}),
          ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
        }
      }
    },
  )
}
