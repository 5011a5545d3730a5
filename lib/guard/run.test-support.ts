import { z } from 'zod'

import type { Actor } from '../kernel/actor.ts'
import { newId } from '../kernel/ids.ts'
import type { superuserSql } from '../testing/database.ts'
import { perActor } from './limits.ts'
import { run } from './run.ts'
import { type Command, command, type UseCase } from './use-case.ts'

/** Words no other request of a test carries, so that they can be looked for. */
export const address = '203.0.113.77'
export const userAgent = 'Trail-Test/7.77 (planted)'

type Rules = Omit<Command<z.ZodType, z.ZodType>, 'kind'>

/** A command that exists for one test: whoever may see calls may run it. */
export const testCommand = (run: Rules['run'], more: Partial<Rules> = {}): Command<z.ZodType, z.ZodType> =>
  command({
    name: 'test.act',
    allow: 'calls.view',
    limit: perActor(1_000, 'minute'),
    audit: 'test.acted',
    input: z.unknown(),
    output: z.unknown(),
    run,
    ...more,
  })

export const newKey = () => ({ name: 'A key', environment: 'live', scopes: ['calls.view'] })

/** Runs a use case as an actor, and says which request it was. */
export async function act(
  useCase: UseCase,
  actor: Actor,
  input: unknown,
): Promise<{ requestId: string; failed: unknown; value: unknown }> {
  const requestId = newId<'request'>()
  try {
    const { value } = await run(useCase, actor, input, { requestId, address, userAgent })
    return { requestId, value, failed: null }
  } catch (failed) {
    return { requestId, value: null, failed }
  }
}

/** A row of the log, with what JavaScript would round as text. */
export interface Row {
  org: string
  id: string
  recorded_at: string
  xid: string
  actor_kind: string
  actor: string | null
  action: string
  target: string | null
  result: string
  request_id: string
  api_key_id: string | null
  body: Buffer
}

export const entriesOf = (sql: ReturnType<typeof superuserSql>, requestId: string) =>
  sql<Row[]>`select *, xid::text, recorded_at::text from audit_entry where request_id = ${requestId}`
