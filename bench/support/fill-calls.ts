import { randomBytes, randomUUID } from 'node:crypto'

import type postgres from 'postgres'

import type { TestOrganisation } from '../../lib/testing/organisation.ts'
import type { Vault } from '../../lib/vault/open-vault.ts'

/** What a row has besides what every call has; `at` counts back from the newest. */
export type Story = (at: number, vault: Vault) => Record<string, unknown>

const batch = 5_000
const secondsApart = 30

/**
 * Fills an organisation with this many genuinely sealed calls, written as the superuser in batches that each carry their
 * entries: the trail is asked for here too. `beside` writes what belongs to the calls of a batch, in its transaction.
 */
export async function fillCalls(
  superuser: postgres.Sql,
  org: TestOrganisation,
  count: number,
  story: Story = () => ({}),
  beside: (tx: postgres.TransactionSql, ids: string[], from: number) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  const { testVault } = await import('../../lib/testing/organisation.ts')
  const { sealed } = await import('../../lib/vault/columns.ts')
  const { newId } = await import('../../lib/kernel/ids.ts')
  const began = Date.now()
  for (let from = 0; from < count; from += batch) {
    // A vault is good for a minute; a batch takes seconds.
    const vault = await testVault(org.id)
    const rows = Array.from({ length: Math.min(batch, count - from) }, (_, of) => {
      const at = from + of
      const id = newId<'call'>()
      const token = vault.callerToken(`+234803${String(at).padStart(7, '0')}`)
      const startedAt = began - at * secondsApart * 1000
      return {
        org: org.id,
        id,
        environment: 'live',
        provider: 'api',
        external_id_sealed: vault.seal(sealed.call.externalId, id, randomUUID()),
        direction: 'inbound',
        caller_kind: 'number',
        caller_token: Buffer.from(token.token, 'base64url'),
        caller_token_version: token.version,
        caller_country: 'NG',
        caller_last3: String(at % 1000).padStart(3, '0'),
        number: '+2342017000100',
        agent: 'Front desk',
        status: 'completed',
        started_at: new Date(startedAt),
        ended_at: new Date(startedAt + 90_000),
        talk_ms: 90_000,
        ended_reason: 'caller_hung_up',
        outcome_sealed: vault.seal(sealed.call.outcome, id, 'Appointment booked'),
        outcome_hash: vault.blindHash('outcome', 'appointment booked'),
        summary_sealed: vault.seal(sealed.call.summary, id, `Booked for Thursday. ${randomBytes(20).toString('hex')}`),
        ...story(at, vault),
      }
    })
    const ids = rows.map((row) => row.id)
    await superuser.begin(async (tx) => {
      await tx`insert into audit_entry (org, actor_kind, action, target, result, request_id, body)
        select ${org.id}, 'system', 'bench.planted', t, 'done', gen_random_uuid(), 'b' from unnest(${ids}::uuid[]) as t`
      for (let at = 0; at < rows.length; at += 1_000) await tx`insert into call ${tx(rows.slice(at, at + 1_000))}`
      await beside(tx, ids, from)
    })
  }
}
