import { and, desc, eq, sql } from 'drizzle-orm'

import { call } from '#drizzle/schema/call'

import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { maskedNumber } from '../../kernel/masked-number.ts'
import { callingCodeOf } from '../../kernel/phone-number.ts'
import { sealed } from '../../vault/columns.ts'
import { inOrder } from './list-calls.ts'
import { environmentFor } from './policy.ts'
import { CallChoices, ChooseFrom } from './shapes.ts'

/** Whatever is in use is among the newest calls. */
const newest = 1_000
const mostOfEach = 50

type Seen = Record<'agents' | 'numbers' | 'providers' | 'currencies', string[] | null>
type Said = { id: string; hash: Uint8Array; sealed: Uint8Array }

/** What a filter of the list offers to choose from: what the newest calls have, and the mask of a caller who was looked for. */
export const listChoices = query({
  name: 'calls.list-choices',
  allow: 'calls.view',
  limit: perActor(1_200, 'minute'),
  audit: 'none',
  input: ChooseFrom,
  output: CallChoices,
  read({ tx, input, actor, organisation: org }) {
    const environment = environmentFor(actor, input.environment)
    const lately = (columns: string) =>
      sql`(select ${sql.raw(columns)} from call where org = ${org} and environment = ${environment} order by started_at desc limit ${newest}) as lately`
    return [
      tx.execute(inOrder),
      tx.execute<Seen>(sql`
        select array_agg(distinct agent) filter (where agent is not null) as agents,
          array_agg(distinct number) filter (where number is not null) as numbers,
          array_agg(distinct provider) as providers,
          array_agg(distinct cost_currency) filter (where cost_currency is not null) as currencies
        from ${lately('agent, number, provider, cost_currency')}`),
      // The seal of one call for each outcome is enough to read it by.
      tx.execute<Said>(sql`
        select c.id, c.outcome_hash as hash, c.outcome_sealed as sealed
        from (select outcome_hash, (array_agg(id))[1] as id from ${lately('outcome_hash, id')}
          where outcome_hash is not null group by 1 order by count(*) desc limit ${mostOfEach}) as outcome
        join call c on c.org = ${org} and c.id = outcome.id`),
      tx
        .select({ kind: call.callerKind, country: call.callerCountry, last3: call.callerLast3 })
        .from(call)
        .where(and(eq(call.org, org), eq(call.callerToken, Buffer.from(input.caller ?? '', 'base64url'))))
        .orderBy(desc(call.startedAt))
        .limit(1),
    ]
  },
  answer({ actor, vault, readable }, [, [seen], said, [caller]]) {
    const own = actor.kind === 'person' ? actor.organisation?.currency : undefined
    const few = (words: string[] | null | undefined) => (words ?? []).slice(0, mostOfEach)
    return {
      agents: few(seen?.agents),
      numbers: few(seen?.numbers),
      providers: few(seen?.providers),
      // Their own first: it is what an amount means where nothing else is chosen.
      currencies: few(seen?.currencies).toSorted((one, other) => Number(other === own) - Number(one === own)),
      outcomes: said.map((row) => ({
        token: Buffer.from(row.hash).toString('base64url'),
        text: readable(vault.open(sealed.call.outcome, row.id, row.sealed)),
      })),
      caller_masked: caller ? maskedNumber({ ...caller, callingCode: callingCodeOf(caller.country) }) : null,
    }
  },
})
