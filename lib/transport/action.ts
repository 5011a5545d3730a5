import 'server-only'

import { cookies } from 'next/headers.js'
import type { z } from 'zod'

import { run } from '../guard/run.ts'
import type { UseCase } from '../guard/use-case.ts'
import { type ActionAnswer, actionAnswer } from './action-answer.ts'
import { markDoor } from './door.ts'
import { personBehind } from './person.ts'
import { sessionCookie } from './session-cookie.ts'

/** A whole server action: one use case, as the person behind the request. */
export function action<Input extends z.ZodType, Output extends z.ZodType>(useCase: UseCase<Input, Output>) {
  return markDoor(
    { kind: 'action', useCase, entrance: 'app' },
    (input: z.input<Input>, org: string | null): Promise<ActionAnswer<z.output<Output>>> =>
      actionAnswer(async (circumstance) => {
        const actor = await personBehind(
          (await cookies()).get(sessionCookie)?.value,
          typeof org === 'string' ? org : null,
        )
        return (await run(useCase, actor, input, circumstance)).value
      }),
  )
}
