import 'server-only'

import { headers } from 'next/headers.js'

import { asAppError } from '../guard/refusal.ts'
import type { Circumstance } from '../kernel/actor.ts'
import { AppError, type ErrorCode, type FieldErrors } from '../kernel/app-error.ts'
import { circumstanceOf } from './circumstance.ts'
import { ourOrigin } from './origin.ts'

/** What a form learns of its action. */
export type ActionAnswer<Value> =
  | { ok: true; value: Value }
  | { ok: false; code: ErrorCode; message: string; fields?: FieldErrors; requestId: string; retryAfterSeconds?: number }

type Asked = Awaited<ReturnType<typeof headers>>

/**
 * The frame of every server action. Next runs one even when Origin is missing, so it is judged here again; whatever `work`
 * throws becomes what its form may learn.
 */
export async function actionAnswer<Value>(
  work: (circumstance: Circumstance, asked: Asked) => Promise<Value>,
  fromElsewhere = () => new AppError('wrong_origin', 'This request did not come from our own pages.'),
): Promise<ActionAnswer<Value>> {
  const asked = await headers()
  const circumstance = circumstanceOf(asked)
  try {
    if (!ourOrigin(asked)) throw fromElsewhere()
    return { ok: true, value: await work(circumstance, asked) }
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
}
