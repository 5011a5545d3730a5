import 'server-only'

import { headers } from 'next/headers.js'
import type { z } from 'zod'

import { cameByAdminPath } from '../front/admin-path.ts'
import { mintNobody } from '../guard/actors.ts'
import { asAppError } from '../guard/refusal.ts'
import { run } from '../guard/run.ts'
import type { UseCase } from '../guard/use-case.ts'
import { notFound } from '../kernel/app-error.ts'
import type { ActionAnswer } from './action.ts'
import { circumstanceOf } from './circumstance.ts'
import { markDoor } from './door.ts'
import { ourOrigin } from './origin.ts'

/**
 * A server action of the console's sign-in form. An action can be addressed from any path by its id, so one that did
 * not come by the secret path, or not from our own page, is answered as if there were nothing.
 */
export function operatorAction<Input extends z.ZodType, Output extends z.ZodType>(useCase: UseCase<Input, Output>) {
  return markDoor(
    { kind: 'action', useCase, entrance: 'console' },
    async (_before: unknown, form: FormData): Promise<ActionAnswer<z.output<Output>>> => {
      const asked = await headers()
      const circumstance = circumstanceOf(asked)
      try {
        if (!cameByAdminPath(asked) || !ourOrigin(asked) || !(form instanceof FormData)) throw notFound()
        const fields = Object.fromEntries([...form].filter(([name]) => !name.startsWith('$')))
        return { ok: true, value: (await run(useCase, mintNobody(), fields, circumstance)).value }
      } catch (failure) {
        const { code, message, retryAfterSeconds } = asAppError(failure, circumstance.requestId)
        return {
          ok: false,
          code,
          message,
          requestId: circumstance.requestId,
          ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
        }
      }
    },
  )
}
