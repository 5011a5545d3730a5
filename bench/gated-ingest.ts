import { randomUUID } from 'node:crypto'

import postgres from 'postgres'

import { rivalIngest } from './support/gated-ingest-rival.ts'
import { race } from './support/race.ts'
import { makeRivalTables } from './support/rival-tables.ts'
import { openStage } from './support/stage.ts'

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
  await race({
    name: 'gated-ingest',
    unit: 'calls',
    gated: () =>
      run(ingestCall, keys[sent++ % keys.length] ?? org.keyActor, payload(), {
        requestId: randomUUID(),
        address: '127.0.0.1',
        userAgent: 'bench',
      }),
    rival: () => rivalIngest(pool().sql, org.id, payload()),
    analyze: () => superuser`analyze`,
  })
  await superuser.end()
} finally {
  await stage.end()
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
