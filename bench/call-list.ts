import { randomUUID } from 'node:crypto'

import postgres from 'postgres'

import { fillCalls } from './support/fill-calls.ts'
import { median, openStage, quantile, report } from './support/stage.ts'

const sizes = [1_000, 100_000] as const
const rounds = 7
const readsPerRound = 150

const stage = await openStage()
try {
  const { listCalls } = await import('../lib/features/calls/index.ts')
  const { run } = await import('../lib/guard/run.ts')
  const { testOrganisation } = await import('../lib/testing/organisation.ts')
  const superuser = postgres(stage.superuserUrl, { max: 1, onnotice: () => {} })

  const filled = async (count: number) => {
    const org = await testOrganisation()
    await fillCalls(superuser, org, count)
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
