import 'server-only'

import type { z } from 'zod'

import { cameByAdminPath } from '../front/admin-path.ts'
import { mintNobody } from '../guard/actors.ts'
import { run } from '../guard/run.ts'
import type { UseCase } from '../guard/use-case.ts'
import { notFound } from '../kernel/app-error.ts'
import { type ActionAnswer, actionAnswer } from './action-answer.ts'
import { markDoor } from './door.ts'

/**
 * A server action of the console's sign-in form. An action can be addressed from any path by its id, so one that did
 * not come by the secret path, or not from our own page, is answered as if there were nothing.
 */
export function operatorAction<Input extends z.ZodType, Output extends z.ZodType>(useCase: UseCase<Input, Output>) {
  return markDoor(
    { kind: 'action', useCase, entrance: 'console' },
    (_before: unknown, form: FormData): Promise<ActionAnswer<z.output<Output>>> =>
      actionAnswer(async (circumstance, asked) => {
        if (!cameByAdminPath(asked) || !(form instanceof FormData)) throw notFound()
        const fields = Object.fromEntries([...form].filter(([name]) => !name.startsWith('$')))
        return (await run(useCase, mintNobody(), fields, circumstance)).value
      }, notFound),
  )
}
