import { sql, type SQL } from 'drizzle-orm'

import { newId, type OrganisationId } from '../../kernel/ids.ts'
import { sealed } from '../../vault/columns.ts'
import type { Vault } from '../../vault/open-vault.ts'
import type { IncomingTurn } from './shapes.ts'

/** Ids, sequence, roles, offsets and sealed texts as array literals: a statement over them has one text however long the transcript. */
export function turnArrays(
  vault: Vault,
  turns: readonly IncomingTurn[],
  firstSeq: number,
): [string, string, string, string, string] {
  const ids = turns.map(() => newId<'call-turn'>())
  const texts = turns.map(
    (turn, at) => `"\\\\x${vault.seal(sealed.callTurn.text, ids[at] ?? '', turn.text).toString('hex')}"`,
  )
  const list = (items: readonly (string | number)[]): string => `{${items.join()}}`
  return [
    list(ids),
    list(turns.map((_, at) => firstSeq + at)),
    list(turns.map((turn) => turn.role)),
    list(turns.map((turn) => turn.atMs)),
    list(texts),
  ]
}

/** Adds turns to a call, each sealed under its own row id. */
export function turnsStatement(
  vault: Vault,
  org: OrganisationId,
  callId: string,
  turns: readonly IncomingTurn[],
  firstSeq = 0,
): SQL {
  const [ids, seqs, roles, offsets, texts] = turnArrays(vault, turns, firstSeq)
  return sql`insert into call_turn (org, id, call_id, seq, role, at_ms, text_sealed)
    select ${org}::uuid, t.id, ${callId}::uuid, t.seq, t.role, t.at_ms, t.text::sealed
    from unnest(${ids}::uuid[], ${seqs}::int[], ${roles}::text[], ${offsets}::int[], ${texts}::bytea[]) as t (id, seq, role, at_ms, text)`
}
