import { z } from 'zod'

import { pathOf } from './door-paths.ts'
import { type ServerAction, serverActions } from './doors.ts'
import type { Organisation } from './organisation.ts'
import { type Answer, send } from './send.ts'
import { ourPages } from './session.ts'

const ActionAnswer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.record(z.string(), z.unknown()) }),
  z.object({ ok: z.literal(false), code: z.string(), message: z.string(), requestId: z.string() }),
])

export interface Acted {
  /** What the form learns. */
  told: z.output<typeof ActionAnswer>
  answer: Answer
}

/** A server action's own request, as the page's code makes it: posted to its page, whichever organisation `org` names. */
export async function act(
  action: ServerAction,
  { cookie, page, org, input }: { cookie: string | null; page: Organisation; org: string; input: unknown },
): Promise<Acted> {
  const [pattern] = action.pages
  if (pattern === undefined) throw new Error(`no page asks for ${action.name}`)
  const answer = await send({
    method: 'POST',
    path: pathOf(pattern, { organisation: page, call: page.id }),
    headers: {
      ...ourPages,
      ...(cookie === null ? {} : { Cookie: cookie }),
      'Next-Action': action.id,
      'Content-Type': 'text/plain;charset=UTF-8',
    },
    body: JSON.stringify([input, org]),
  })
  return { told: ActionAnswer.parse(valueIn(answer)), answer }
}

/** The framework answers in numbered lines; the action's own value is line 1. */
function valueIn({ status, text }: Answer): unknown {
  const line = text.split('\n').find((one) => one.startsWith('1:'))
  if (line === undefined) throw new Error(`an action was answered ${status} without a value: ${text.slice(0, 200)}`)
  return JSON.parse(line.slice(2))
}

export function actionNamed(name: string): ServerAction {
  const found = serverActions().filter((one) => one.name === name)
  const [only] = found
  if (!only || found.length > 1) throw new Error(`${found.length} server actions are called ${name}`)
  return only
}
