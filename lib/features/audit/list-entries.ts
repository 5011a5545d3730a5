import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'

import { perActor } from '../../guard/limits.ts'
import { beginning } from '../../guard/own-days.ts'
import { cursorAt, placeOf } from '../../guard/page-cursor.ts'
import { type Context, query } from '../../guard/use-case.ts'
import { sealed } from '../../vault/columns.ts'
import type { Vault } from '../../vault/open-vault.ts'
import { addressSpelling } from './address-spelling.ts'
import { EntryPage, ListEntries, type ShownEntry } from './shapes.ts'

type Row = {
  id: string
  /** Microseconds since 1970, as text: a Date would lose three digits. */
  at_us: string
  actor_kind: ShownEntry['actor']['kind']
  actor: string | null
  actor_name: string | null
  action: string
  target: string | null
  result: ShownEntry['result']
  request_id: string
  body: Uint8Array
  details: { id: string; name: string; value: string }[]
}

/** Addresses are sealed: to find one, this many entries are opened at a time. */
const window = 1_000

/** The organisation's log, newest first. Looking at it is an entry too. */
export const listEntries = query({
  name: 'audit.view-entries',
  allow: 'audit.view',
  limit: perActor(300, 'minute'),
  audit: { action: 'audit.entries-viewed', target: () => null },
  input: ListEntries,
  output: EntryPage,
  read: (context) => [context.tx.execute<Row>(statement(context))],
  answer({ input, vault, readable }, [rows]) {
    const wanted = input.address === undefined ? undefined : addressSpelling(input.address)
    const looked = rows.slice(0, windowOf(input))
    const shown = looked
      .map((row) => show(row, vault, readable))
      .filter((entry) => wanted === undefined || addressSpelling(entry.address ?? '') === wanted)
    const data = shown.slice(0, input.limit)
    // A full page ends at its last entry; a window with fewer matches ends where it was looked through to.
    const lastShown = data.length === input.limit ? looked.find((row) => row.id === data.at(-1)?.id) : undefined
    const last = lastShown ?? looked.at(-1)
    const isMore = rows.length > looked.length || (lastShown !== undefined && lastShown !== looked.at(-1))
    return {
      data,
      next_cursor: isMore && last ? cursorAt(`${last.at_us}.${last.id}`, vault) : null,
      looked_through: input.address === undefined ? null : looked.length,
    }
  },
})

function windowOf(input: ListEntries): number {
  return input.address === undefined ? input.limit : window
}

function statement({ input, actor: reader, organisation, vault }: Context<ListEntries>): SQL {
  const { cursor, actor, actor_kind, action, target, result, request_id, from, to } = input
  const wanted: SQL[] = [sql`e.org = ${organisation}`]
  if (actor !== undefined) wanted.push(sql`e.actor = ${actor}::uuid`)
  if (actor_kind !== undefined) wanted.push(sql`e.actor_kind = ${actor_kind}`)
  if (action !== undefined) wanted.push(sql`e.action = ${action}`)
  if (target !== undefined) wanted.push(sql`e.target = ${target}::uuid`)
  if (result !== undefined) wanted.push(sql`e.result = ${result}`)
  if (request_id !== undefined) wanted.push(sql`e.request_id = ${request_id}::uuid`)
  if (from !== undefined) wanted.push(sql`e.recorded_at >= ${beginning(from, 0, reader, 'from')}`)
  if (to !== undefined) wanted.push(sql`e.recorded_at < ${beginning(to, 1, reader, 'to')}`)
  if (cursor !== undefined) {
    const [us = '', id = ''] = placeOf(cursor, vault).split('.')
    wanted.push(
      sql`(e.recorded_at, e.id) < (timestamptz '1970-01-01 00:00:00Z' + ${us}::bigint * interval '1 microsecond', ${id}::uuid)`,
    )
  }
  return sql`
    select e.id, (extract(epoch from e.recorded_at) * 1000000)::bigint::text as at_us, e.actor_kind, e.actor,
      coalesce(p.name, k.name, v.name) as actor_name, e.action, e.target, e.result, e.request_id, e.body,
      coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name, 'value', encode(d.value_sealed, 'base64')))
        from audit_detail d where d.org = e.org and d.entry_id = e.id and d.recorded_at = e.recorded_at), '[]') as details
    from audit_entry e
    left join person p on e.actor_kind = 'person' and p.id = e.actor
    left join api_key k on e.actor_kind = 'api_key' and k.org = e.org and k.id = e.actor
    left join provider v on e.actor_kind = 'provider' and v.org = e.org and v.id = e.actor
    where ${sql.join(wanted, sql` and `)}
    order by e.recorded_at desc, e.id desc
    limit ${windowOf(input) + 1}`
}

const Body = z.object({ facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])) })
const saltLength = 16

function show(row: Row, vault: Vault, readable: (text: string) => string): ShownEntry {
  const opened = row.details
    .map(({ id, name, value }) => {
      const bytes = vault.openBytes(sealed.auditDetail.value, id, Buffer.from(value, 'base64'))
      return { name, value: bytes.subarray(saltLength).toString() }
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const valueOf = (name: string): string | null => opened.find((one) => one.name === name)?.value ?? null
  return {
    id: row.id,
    at: new Date(Number(BigInt(row.at_us) / 1000n)).toISOString(),
    actor: { kind: row.actor_kind, id: row.actor, name: row.actor_name },
    action: row.action,
    target: row.target,
    result: row.result,
    request_id: row.request_id,
    address: valueOf('address'),
    user_agent: valueOf('user_agent'),
    facts: Body.parse(JSON.parse(Buffer.from(row.body).toString())).facts,
    details: opened
      .filter(({ name }) => name !== 'address' && name !== 'user_agent')
      .map(({ name, value }) => ({ name, value: name === 'email' ? value : readable(value) })),
  }
}
