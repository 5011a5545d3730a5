import { randomUUID } from 'node:crypto'

import { sql } from 'drizzle-orm'

import { median, openStage, quantile, report } from './support/stage.ts'

const calls = 300
const turns = 50
const rounds = 5

const stage = await openStage()
try {
  const { getCall, ingestCall, listNeighbours, listOpenings, readTranscript } =
    await import('../lib/features/calls/index.ts')
  const { listNotes } = await import('../lib/features/notes/index.ts')
  const { findRecording } = await import('../lib/features/recordings/index.ts')
  const { showWork } = await import('../lib/features/call-work/index.ts')
  const { run } = await import('../lib/guard/run.ts')
  const { newId } = await import('../lib/kernel/ids.ts')
  const { readAsOrganisation } = await import('../lib/platform/db/transaction.ts')
  const { runAs, testOrganisation } = await import('../lib/testing/organisation.ts')
  const org = await testOrganisation()
  const began = Date.now()
  const ids: string[] = []
  for (let at = 0; at < calls; at++) {
    const { call } = await runAs(ingestCall, org.keyActor, {
      external_id: `bench-${at}`,
      direction: 'inbound',
      caller: `+234803${String(at).padStart(7, '0')}`,
      number: '+2342017000100',
      agent: 'Front desk',
      status: 'completed',
      started_at: new Date(began - at * 60_000).toISOString(),
      transcript: Array.from({ length: turns }, (_, turn) => ({
        role: turn % 2 ? 'caller' : 'agent',
        text: `This is turn ${turn}: I would like to move the appointment of my son to Thursday morning, please.`,
        at_ms: turn * 3_000,
      })),
    })
    ids.push(call.id)
  }

  /** All that the page asks for, as it asks for it; each opening is somebody's first and leaves its entry. */
  const open = async (id: string): Promise<number> => {
    const circumstance = { requestId: randomUUID(), address: '127.0.0.1', userAgent: `bench ${randomUUID()}` }
    // One person may read 300 transcripts a minute.
    const actor = { ...org.agent.actor, id: newId<'person'>() }
    const from = performance.now()
    await Promise.all([run(getCall, actor, { id }, circumstance), run(listOpenings, actor, { id }, circumstance)])
    await Promise.all([
      run(readTranscript, actor, { id }, circumstance),
      run(findRecording, actor, { id }, circumstance),
      run(listNotes, actor, { id }, circumstance),
      run(listNeighbours, actor, { id }, circumstance),
      run(showWork, actor, {}, circumstance),
    ])
    return performance.now() - from
  }
  /** The bare rows of the same call, unread. */
  const rival = async (id: string): Promise<number> => {
    const from = performance.now()
    await readAsOrganisation(org.id, (tx) => [
      tx.execute(sql`select * from call where org = ${org.id} and id = ${id}::uuid`),
    ])
    await readAsOrganisation(org.id, (tx) => [
      tx.execute(sql`select * from call_turn where org = ${org.id} and call_id = ${id}::uuid order by at_ms, seq`),
    ])
    return performance.now() - from
  }
  for (const id of ids.slice(0, 50)) {
    await open(id)
    await rival(id)
  }
  const times: { ours: number[][]; theirs: number[][] } = { ours: [], theirs: [] }
  for (let round = 0; round < rounds; round++) {
    const mine: number[] = []
    const theirs: number[] = []
    for (const id of ids.slice(50)) {
      mine.push(await open(id))
      theirs.push(await rival(id))
    }
    times.ours.push(mine)
    times.theirs.push(theirs)
  }
  const at = (all: number[][], share: number): number => median(all.map((round) => quantile(round, share)))
  const p50 = at(times.ours, 0.5)
  report({
    name: 'call-page',
    ratio: p50 / at(times.theirs, 0.5),
    target: 'p50<=10ms',
    isMet: p50 <= 10,
    figures: {
      'p50 (ms)': p50.toFixed(2),
      'p99 (ms)': at(times.ours, 0.99).toFixed(2),
      'bare rows p50 (ms)': at(times.theirs, 0.5).toFixed(2),
      turns,
      rounds,
      'openings a round': calls - 50,
    },
  })
} finally {
  await stage.end()
}
