import { randomUUID } from 'node:crypto'

import postgres from 'postgres'

import { signRetell } from '../lib/testing/provider-replayer/sign-retell.ts'
import { type RivalEvent, rivalHook } from './support/provider-hook-rival.ts'
import { race } from './support/race.ts'
import { makeRivalTables } from './support/rival-tables.ts'
import { openStage } from './support/stage.ts'

const stage = await openStage()
try {
  const { POST: hook } = await import('../app/api/hooks/[kind]/[token]/route.ts')
  const { testOrganisation, testProvider } = await import('../lib/testing/organisation.ts')
  const { pool } = await import('../lib/platform/db/pool.ts')
  const superuser = postgres(stage.superuserUrl, { max: 1, onnotice: () => {} })
  await makeRivalTables(superuser)
  const org = await testOrganisation()
  // One address may take 12,000 events a minute: as many as this fast a bench needs.
  const addresses = await Promise.all(Array.from({ length: 15 }, () => testProvider(org.id)))
  let sent = 0
  const next = (): { path: string; request: Request } => {
    const { path, secret } = addresses[sent++ % addresses.length] ?? { path: '', secret: '' }
    return { path, request: signedRequest(path, secret) }
  }
  const expectTaken = ({ status }: Response): void => {
    if (status !== 200) throw new Error(`an event was answered ${status}`)
  }
  const gated = async (): Promise<void> => {
    const { path, request } = next()
    expectTaken(
      await hook(request, { params: Promise.resolve({ kind: 'retell', token: path.split('/').at(-1) ?? '' }) }),
    )
  }
  const rival = async (): Promise<void> => expectTaken(await rivalHook(pool().sql, org.id, next().request))
  await race({ name: 'provider-hook', unit: 'events', gated, rival, analyze: () => superuser`analyze` })
  await superuser.end()
} finally {
  await stage.end()
}

/** A new call's last event as Retell signs it; both contenders are sent the same. */
function signedRequest(path: string, secret: string): Request {
  const body = JSON.stringify(analyzed())
  return new Request(`https://localhost:8443${path}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-orinode-address': '192.0.2.1',
      ...signRetell(body, secret, new Date()),
    },
  })
}

function analyzed(): RivalEvent {
  const tail = String(Math.floor(Math.random() * 10_000_000)).padStart(7, '0')
  const startedAt = Date.now() - 190_000
  const lines: [role: 'agent' | 'user', content: string][] = [
    ['agent', 'Good morning, Adaora Clinic. How can I help you today?'],
    ['user', 'Good morning. My son has been coughing since Sunday, I want to bring him in.'],
    ['agent', 'I am sorry to hear that. Thursday at ten is free with Doctor Bello. Shall I take it?'],
    ['user', 'Yes please.'],
    ['agent', 'Noted. Thursday at ten, then. Get well soon to him.'],
    ['user', 'Thank you, bye.'],
  ]
  const call = {
    call_id: `call_${randomUUID().replaceAll('-', '')}`,
    call_type: 'phone_call',
    call_status: 'ended',
    agent_id: 'agent_1',
    agent_name: 'Front desk',
    direction: 'inbound',
    from_number: `+234803${tail}`,
    to_number: '+2342017000100',
    start_timestamp: startedAt,
    end_timestamp: startedAt + 130_000,
    duration_ms: 130_000,
    disconnection_reason: 'user_hangup',
    recording_url: 'https://recordings.example.com/a.wav',
    transcript_object: lines.map(([role, content], at) => ({ role, content, words: [{ start: at * 6.5 }] })),
    call_cost: { combined_cost: 68.4 },
    call_analysis: {
      call_summary: 'A mother asks for a check-up for her son; booked for Thursday at ten.',
      call_successful: true,
    },
  }
  return { event: 'call_analyzed', call }
}
