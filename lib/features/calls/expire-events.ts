import { and, asc, eq, inArray, lt } from 'drizzle-orm'
import { z } from 'zod'

import { callEvent } from '#drizzle/schema/call'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'

const batch = 5_000

/** Deletes the organisation's oldest raw events past their time; one entry names the whole batch. */
export const expireEvents = command({
  name: 'calls.expire-events',
  allow: 'platform.manage',
  limit: perActor(600, 'minute'),
  audit: 'call.events-expired',
  input: z.strictObject({}),
  output: z.object({ deleted: z.number() }),
  async run({ tx, organisation, now }) {
    const past = tx
      .select({ id: callEvent.id })
      .from(callEvent)
      .where(and(eq(callEvent.org, organisation), lt(callEvent.expiresAt, now)))
      .orderBy(asc(callEvent.expiresAt))
      .limit(batch)
    const gone = await tx
      .delete(callEvent)
      .where(and(eq(callEvent.org, organisation), inArray(callEvent.id, past)))
      .returning({ id: callEvent.id })
    // A full batch has more behind it, which need not wait for the clock.
    const isFull = gone.length === batch
    return recorded(
      { deleted: gone.length },
      {
        target: organisation,
        facts: { deleted: gone.length },
        jobs: isFull ? [{ name: 'calls.expire-events', payload: {}, singleton: 'batch' }] : [],
      },
    )
  },
})
