import { randomUUID } from 'node:crypto'

import postgres from 'postgres'

import { type RivalCall, rivalIngest } from './gated-ingest-rival.ts'
import { makeRivalTables } from './rival-tables.ts'
import { median, openStage, report } from './stage.ts'

const connections = 20
const rounds = 7
const millisecondsPerTurn = 2_500

const stage = await openStage()
try {
  const { ingestCall } = await import('../lib/features/calls/index.ts')
  const { run } = await import('../lib/guard/run.ts')
  const { newId } = await import('../lib/kernel/ids.ts')
  const { testOrganisation } = await import('../lib/testing/organisation.ts')
  const { pool } = await import('../lib/platform/db/pool.ts')
  const superuser = postgres(stage.superuserUrl, { max: 1, onnotice: () => {} })
  await makeRivalTables(superuser)
  const org = await testOrganisation()
  // One key may send 6,000 calls a minute: as many keys as this fast a bench needs.
  const keys = Array.from({ length: 20 }, () => ({ ...org.keyActor, id: newId<'api-key'>() }))
  let sent = 0
  const gated = async (body: RivalCall): Promise<unknown> =>
    run(ingestCall, keys[sent++ % keys.length] ?? org.keyActor, body, {
      requestId: randomUUID(),
      address: '127.0.0.1',
      userAgent: 'bench',
    })
  const rival = async (body: RivalCall): Promise<unknown> => rivalIngest(pool().sql, org.id, body)
  await Promise.all([turn(gated, 1_000), turn(rival, 1_000)])
  // What autovacuum does by itself within a minute of a first call.
  await superuser`analyze`
  const rates: { gated: number[]; rival: number[] } = { gated: [], rival: [] }
  for (let round = 0; round < rounds; round++) {
    rates.gated.push(await turn(gated))
    rates.rival.push(await turn(rival))
  }
  const ratios = rates.gated.map((rate, at) => rate / (rates.rival[at] ?? Number.POSITIVE_INFINITY))
  const ratio = median(ratios)
  report({
    name: 'gated-ingest',
    ratio,
    target: '>=0.60',
    isMet: ratio >= 0.6,
    figures: {
      'gated calls/s (median)': Math.round(median(rates.gated)),
      'rival calls/s (median)': Math.round(median(rates.rival)),
      'ratio of each round': ratios.map((one) => one.toFixed(2)).join(' '),
      connections,
      rounds,
    },
  })
  await superuser.end()
} finally {
  await stage.end()
}

/** Calls per second over one turn with every connection busy. */
async function turn(
  ingest: (body: RivalCall) => Promise<unknown>,
  milliseconds = millisecondsPerTurn,
): Promise<number> {
  const until = performance.now() + milliseconds
  const from = performance.now()
  let done = 0
  const one = async (): Promise<void> => {
    while (performance.now() < until) {
      await ingest(payload())
      done += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
  return done / ((performance.now() - from) / 1000)
}

function payload() {
  const tail = String(Math.floor(Math.random() * 10_000_000)).padStart(7, '0')
  return {
    external_id: randomUUID(),
    direction: 'inbound',
    caller: `+234803${tail}`,
    number: '+2342017000100',
    agent: 'Front desk',
    status: 'completed',
    started_at: '2026-11-24T09:00:00Z',
    ended_at: '2026-11-24T09:02:10Z',
    ended_reason: 'caller_hung_up',
    languages: ['en'],
    summary: 'A mother asks for a check-up for her son; booked for Thursday at ten.',
    cost: { amount_minor: 6_840, currency: 'NGN' },
    transcript: [
      { role: 'agent', text: 'Good morning, Adaora Clinic. How can I help you today?', at_ms: 0 },
      {
        role: 'caller',
        text: 'Good morning. My son has been coughing since Sunday, I want to bring him in.',
        at_ms: 6_500,
      },
      {
        role: 'agent',
        text: 'I am sorry to hear that. Thursday at ten is free with Doctor Bello. Shall I take it?',
        at_ms: 13_000,
      },
      { role: 'caller', text: 'Yes please.', at_ms: 19_500 },
      { role: 'agent', text: 'Noted. Thursday at ten, then. Get well soon to him.', at_ms: 26_000 },
      { role: 'caller', text: 'Thank you, bye.', at_ms: 32_500 },
    ],
  }
}
