import { sql } from 'drizzle-orm'

import { holds } from '../../guard/allowed.ts'
import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import { sealed } from '../../vault/columns.ts'
import { oneThingWrong } from './one-thing-wrong.ts'
import { Days, Overview } from './shapes.ts'

type Counted = { key: string; calls: number }
type Today = Overview['today'] & { day: string }
type Said = { id: string; sealed: Uint8Array; calls: number }
type Signs = { ended: number; failed: number; unanswered: number }
type Start = {
  has_provider: boolean
  has_call: boolean
  has_colleague: boolean
  silent_name: string | null
  silent_days: number | null
  key_name: string | null
  key_days: number | null
}

const ended = sql`status not in ('queued', 'ringing', 'in_progress')`
const answered = sql`(answered_at is not null or status = 'completed')`

/** Today's figures and those of the days before, one statement each, all in one burst. */
export const getOverview = query({
  name: 'overview.get',
  allow: 'calls.view',
  limit: perActor(300, 'minute'),
  audit: 'none',
  input: Days,
  output: Overview,
  read({ tx, input, actor, organisation }) {
    const zone = actor.kind === 'person' && actor.organisation ? actor.organisation.timeZone : 'UTC'
    const midnight = sql`date_trunc('day', now() at time zone ${zone}) at time zone ${zone}`
    const mine = sql`org = ${organisation} and environment = 'live'`
    const today = sql`${mine} and started_at >= ${midnight}`
    const lately = sql`${mine} and started_at >= ${midnight} - make_interval(days => ${input.days - 1})`
    const counted = (key: ReturnType<typeof sql>, more = sql`true`) =>
      tx.execute<Counted>(sql`
      select ${key} as key, count(*)::int as calls from call where ${lately} and ${more} group by 1 order by 2 desc, 1 limit 16`)
    return [
      tx.execute<Today>(sql`
        select to_char(now() at time zone ${zone}, 'YYYY-MM-DD') as day, count(*)::int as calls,
          count(*) filter (where ${ended})::int as ended, count(*) filter (where ${ended} and ${answered})::int as answered,
          count(success)::int as judged, count(*) filter (where success)::int as succeeded,
          coalesce(sum(talk_ms), 0)::float8 as talk_ms, count(*) filter (where status = 'in_progress')::int as in_progress
        from call where ${today}`),
      tx.execute<{ currency: string; amount_minor: number }>(sql`
        select cost_currency as currency, sum(cost_minor)::float8 as amount_minor from call
        where ${today} and cost_currency is not null group by 1 order by 2 desc`),
      tx.execute<{ weekday: number; hour: number; calls: number }>(sql`
        select extract(isodow from started_at at time zone ${zone})::int as weekday,
          extract(hour from started_at at time zone ${zone})::int as hour, count(*)::int as calls
        from call where ${lately} group by 1, 2 order by 1, 2`),
      counted(sql`status`),
      counted(sql`coalesce(ended_reason, 'unknown')`, ended),
      // The seal of one call for each outcome is enough to read it by.
      tx.execute<Said>(sql`
        select c.id, c.outcome_sealed as sealed, said.calls
        from (select outcome_hash, (array_agg(id))[1] as id, count(*)::int as calls from call
          where ${lately} and outcome_hash is not null group by 1 order by 3 desc, 1 limit 8) as said
        join call c on c.org = ${organisation} and c.id = said.id order by said.calls desc, c.id`),
      tx.execute<Counted>(sql`
        select spoken.tag as key, count(*)::int as calls from call, unnest(languages) as spoken (tag)
        where ${lately} group by 1 order by 2 desc, 1 limit 12`),
      tx.execute<Overview['latency'][number]>(sql`
        select part.key as part, percentile_cont(0.5) within group (order by part.value::float8) as p50,
          percentile_cont(0.9) within group (order by part.value::float8) as p90,
          percentile_cont(0.99) within group (order by part.value::float8) as p99, count(*)::int as calls
        from call, jsonb_each_text(latency_ms) as part where ${lately} and latency_ms is not null group by 1 order by 2 desc`),
      tx.execute<Signs>(sql`
        select count(*)::int as ended, count(*) filter (where status = 'failed')::int as failed,
          count(*) filter (where status in ('no_answer', 'busy', 'rejected') and direction = 'inbound')::int as unanswered
        from call where ${mine} and started_at > now() - interval '1 day' and ${ended}`),
      tx.execute<Start>(sql`
        select exists (select 1 from provider where org = ${organisation}) as has_provider,
          exists (select 1 from call where ${mine}) as has_call,
          (select count(*) from member where org = ${organisation}) > 1 as has_colleague,
          silent.name as silent_name, silent.days as silent_days, key.name as key_name, key.days as key_days
        from (select 1) as one
        left join lateral (
          select p.name, extract(day from now() - a.last_event_at)::int as days from provider p
          join provider_activity a on a.org = p.org and a.provider_id = p.id
          where p.org = ${organisation} and p.environment = 'live' and p.disabled_at is null
            and a.last_event_at < now() - interval '1 day' order by a.last_event_at limit 1) as silent on true
        left join lateral (
          select k.name, extract(day from k.expires_at - now())::int as days from api_key k
          where k.org = ${organisation} and k.environment = 'live' and k.revoked_at is null and k.expires_at > now()
          order by k.expires_at limit 1) as key on true`),
    ]
  },
  answer(
    { actor, input, vault, readable },
    [[day], spend, hours, statuses, reasons, said, languages, latency, [signs], [start]],
  ) {
    if (!day || !signs || !start || actor.kind !== 'person') throw notFound()
    const { day: date, ...today } = day
    const maySeeKeys = holds(actor, 'api-keys.manage')
    return {
      day: date,
      days: input.days,
      today,
      spend_today: [...spend],
      hours: [...hours],
      statuses: [...statuses],
      ended_reasons: [...reasons],
      outcomes: said.map((one) => ({
        key: readable(vault.open(sealed.call.outcome, one.id, one.sealed)),
        calls: one.calls,
      })),
      languages: [...languages],
      latency: [...latency],
      wrong: oneThingWrong({
        ...signs,
        silent: named(start.silent_name, start.silent_days),
        expiring: maySeeKeys ? named(start.key_name, start.key_days) : null,
      }),
      start: {
        has_provider: start.has_provider,
        has_call: start.has_call,
        masking: actor.organisation?.masking ?? true,
        has_colleague: holds(actor, 'team.manage') ? start.has_colleague : null,
      },
    }
  },
})

function named(name: string | null, days: number | null): { name: string; days: number } | null {
  return name === null || days === null ? null : { name, days }
}
