import { sql, type SQL } from 'drizzle-orm'

import { newId, type OrganisationId } from '../../kernel/ids.ts'
import { sealed } from '../../vault/columns.ts'
import type { Vault } from '../../vault/open-vault.ts'
import type { IncomingTurn } from './shapes.ts'

/** A turn as it is stored: its text sealed under the turn's own id, so that it needs no call yet. */
export interface SealedTurn extends Pick<IncomingTurn, 'role' | 'atMs'> {
  id: string
  text: Uint8Array
}

export function sealTurn(vault: Vault, { role, atMs, text }: IncomingTurn): SealedTurn {
  const id = newId<'call-turn'>()
  return { id, role, atMs, text: vault.seal(sealed.callTurn.text, id, text) }
}

/** As many as are sealed without a pause. */
const turnsAtOnce = 200

/** A whole transcript; `pause` is where others get a turn. */
export async function sealTurns(
  vault: Vault,
  turns: readonly IncomingTurn[],
  pause: () => Promise<unknown>,
): Promise<SealedTurn[]> {
  const done: SealedTurn[] = []
  for (const turn of turns) {
    if (done.length > 0 && done.length % turnsAtOnce === 0) await pause()
    done.push(sealTurn(vault, turn))
  }
  return done
}

/** Ids, sequence, roles, offsets and sealed texts as array literals: a statement over them has one text however long the transcript. */
export function turnArrays(turns: readonly SealedTurn[], firstSeq: number): [string, string, string, string, string] {
  const list = (items: readonly (string | number)[]): string => `{${items.join()}}`
  return [
    list(turns.map(({ id }) => id)),
    list(turns.map((_, at) => firstSeq + at)),
    list(turns.map(({ role }) => role)),
    list(turns.map(({ atMs }) => atMs)),
    list(turns.map(({ text }) => `"\\\\x${Buffer.from(text).toString('hex')}"`)),
  ]
}

/** Adds turns to a call. */
export function turnsStatement(org: OrganisationId, callId: string, turns: readonly SealedTurn[], firstSeq = 0): SQL {
  const [ids, seqs, roles, offsets, texts] = turnArrays(turns, firstSeq)
  return sql`insert into call_turn (org, id, call_id, seq, role, at_ms, text_sealed)
    select ${org}::uuid, t.id, ${callId}::uuid, t.seq, t.role, t.at_ms, t.text::sealed
    from unnest(${ids}::uuid[], ${seqs}::int[], ${roles}::text[], ${offsets}::int[], ${texts}::bytea[]) as t (id, seq, role, at_ms, text)`
}
