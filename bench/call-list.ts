import { randomBytes, randomUUID } from 'node:crypto'

import postgres from 'postgres'

import { median, openStage, quantile, report } from './stage.ts'

const sizes = [1_000, 100_000] as const
const rounds = 7
const readsPerRound = 150

const stage = await openStage()
try {
  const { listCalls } = await import('../lib/features/calls/index.ts')
  const { run } = await import('../lib/guard/run.ts')
  const { testOrganisation, testVault } = await import('../lib/testing/organisation.ts')
  const { sealed } = await import('../lib/vault/columns.ts')
  const { newId } = await import('../lib/kernel/ids.ts')
  const superuser = postgres(stage.superuserUrl, { max: 1, onnotice: () => {} })

  /** An organisation with this many genuinely sealed calls, written as the superuser in batches that each carry their entry. */
  const filled = async (count: number) => {
    const org = await testOrganisation()
    const vault = await testVault(org.id)
    const began = Date.now()
    for (let from = 0; from < count; from += 5_000) {
      const rows = Array.from({ length: Math.min(5_000, count - from) }, (_, at) => {
        const id = newId<'call'>()
        const token = vault.callerToken(`+234803${String(from + at).padStart(7, '0')}`)
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
          started_at: new Date(began - (from + at) * 30_000),
          ended_at: new Date(began - (from + at) * 30_000 + 90_000),
          talk_ms: 90_000,
          ended_reason: 'caller_hung_up',
          outcome_sealed: vault.seal(sealed.call.outcome, id, 'Appointment booked'),
          summary_sealed: vault.seal(
            sealed.call.summary,
            id,
            `Booked for Thursday. ${randomBytes(20).toString('hex')}`,
          ),
        }
      })
      await superuser.begin(async (tx) => {
        // One planted entry for each row: the trail is asked for here too.
        await tx`insert into audit_entry (org, actor_kind, action, target, result, request_id, body)
          select ${org.id}, 'system', 'bench.planted', t, 'done', gen_random_uuid(), 'b' from unnest(${rows.map((row) => row.id)}::uuid[]) as t`
        for (let at = 0; at < rows.length; at += 1_000) await tx`insert into call ${tx(rows.slice(at, at + 1_000))}`
      })
    }
    return org
  }

  const organisations = [await filled(sizes[0]), await filled(sizes[1])] as const
  await superuser`analyze`
  const ask = { limit: 50 }
  const read = async (org: (typeof organisations)[number]): Promise<number> => {
    const from = performance.now()
    await run(listCalls, org.agent.actor, ask, { requestId: randomUUID(), address: '127.0.0.1', userAgent: 'bench' })
    return performance.now() - from
  }
  for (const org of organisations) for (let at = 0; at < 50; at++) await read(org)
  const times: [number[][], number[][]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    for (const [at, org] of organisations.entries()) {
      const round: number[] = []
      for (let one = 0; one < readsPerRound; one++) round.push(await read(org))
      times[at]?.push(round)
    }
  }
  const p50 = (all: number[][]): number => median(all.map((round) => quantile(round, 0.5)))
  const p99 = median(times[1].map((round) => quantile(round, 0.99)))
  const growth = p50(times[1]) / p50(times[0])
  report({
    name: 'call-list',
    ratio: growth,
    target: '<=1.30 and p99<=50ms',
    isMet: growth <= 1.3 && p99 <= 50,
    figures: {
      'p50 at 1,000 calls (ms)': p50(times[0]).toFixed(2),
      'p50 at 100,000 calls (ms)': p50(times[1]).toFixed(2),
      'p99 at 100,000 calls (ms)': p99.toFixed(2),
      rows: sizes.join(' and '),
      rounds,
      'reads a round': readsPerRound,
    },
  })
  await superuser.end()
} finally {
  await stage.end()
}
