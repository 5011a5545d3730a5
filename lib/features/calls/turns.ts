import { sql, type SQL } from 'drizzle-orm'

import { newId, type OrganisationId } from '../../kernel/ids.ts'
import { sealed } from '../../vault/columns.ts'
import type { Vault } from '../../vault/open-vault.ts'
import type { IncomingTurn } from './shapes.ts'

/**
 * One statement for any number of turns, each sealed under its own row id. Arrays keep its text the same
 * however long the transcript, so it is prepared once.
 */
export function turnsStatement(vault: Vault, org: OrganisationId, callId: string, turns: IncomingTurn[], firstSeq = 0): SQL {
  const ids = turns.map(() => newId<'call-turn'>())
  const texts = turns.map((turn, at) => `"\\\\x${vault.seal(sealed.callTurn.text, ids[at] ?? '', turn.text).toString('hex')}"`)
  return sql`insert into call_turn (org, id, call_id, seq, role, at_ms, text_sealed)
    select ${org}::uuid, t.id, ${callId}::uuid, t.seq, t.role, t.at_ms, t.text::sealed
    from unnest(${`{${ids.join()}}`}::uuid[], ${`{${turns.map((_, at) => firstSeq + at).join()}}`}::int[], ${`{${turns.map((turn) => turn.role).join()}}`}::text[],
      ${`{${turns.map((turn) => turn.atMs).join()}}`}::int[], ${`{${texts.join()}}`}::bytea[]) as t (id, seq, role, at_ms, text)`
}
