import { randomUUID } from 'node:crypto'

import postgres from 'postgres'

import { median, openStage, quantile, report } from './support/stage.ts'

const chunks = 5_000
const perDocument = 500
const rounds = 5
const questionsPerRound = 60

/** Words with the frequencies of a language: the first in every sentence, the last hardly anywhere. */
const words = Array.from({ length: 3_000 }, (_, at) => `word${at.toString(36)}`)
let seed = 20_261_124
function random(): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return seed / 2_147_483_648
}
const word = (): string => words[Math.floor(words.length * random() ** 3)] ?? ''
const sentence = (length: number): string => Array.from({ length }, word).join(' ')

const stage = await openStage()
try {
  const { addDocument, askKnowledge } = await import('../lib/features/knowledge/index.ts')
  const { run } = await import('../lib/guard/run.ts')
  const { newId } = await import('../lib/kernel/ids.ts')
  const { runAs, testOrganisation } = await import('../lib/testing/organisation.ts')
  const superuser = postgres(stage.superuserUrl, { max: 1, onnotice: () => {} })
  const org = await testOrganisation()
  for (let at = 0; at < chunks / perDocument; at++) {
    // A chunk closes where the next paragraph would not fit.
    const text = Array.from({ length: perDocument }, () => `${sentence(80)}.`).join('\n\n')
    await runAs(addDocument, org.admin.actor, { title: `Document ${at}`, text, personal_data_is_meant: true })
  }
  const [made] = await superuser`select count(*)::int as n from knowledge_chunk where org = ${org.id}`
  // What autovacuum does by itself within a minute.
  await superuser`vacuum analyze knowledge_chunk`

  const people = Array.from({ length: 20 }, () => ({ ...org.agent.actor, id: newId<'person'>() }))
  let asked = 0
  const ours = async (question: string): Promise<number> => {
    const actor = people[asked++ % people.length] ?? org.agent.actor
    const from = performance.now()
    await run(askKnowledge, actor, { question }, { requestId: randomUUID(), address: '127.0.0.1', userAgent: 'bench' })
    return performance.now() - from
  }
  /** Every chunk's terms fetched and nothing else: what looking without an index would begin with. */
  const rival = async (): Promise<number> => {
    const from = performance.now()
    await superuser`select id, length, terms, counts from knowledge_chunk where org = ${org.id}`
    return performance.now() - from
  }
  for (let one = 0; one < 20; one++) await ours(sentence(8))
  const times: { ours: number[][]; theirs: number[] } = { ours: [], theirs: [] }
  for (let round = 0; round < rounds; round++) {
    const mine: number[] = []
    for (let one = 0; one < questionsPerRound; one++) mine.push(await ours(sentence(8)))
    times.ours.push(mine)
    times.theirs.push(await rival())
  }
  const at = (share: number): number => median(times.ours.map((round) => quantile(round, share)))
  report({
    name: 'knowledge',
    ratio: at(0.5) / median(times.theirs),
    target: 'p99<=50ms',
    isMet: at(0.99) <= 50,
    figures: {
      'p50 (ms)': at(0.5).toFixed(1),
      'p99 (ms)': at(0.99).toFixed(1),
      'all terms fetched (ms)': median(times.theirs).toFixed(1),
      chunks: String(made?.['n']),
      'words a question': 8,
    },
  })
  await superuser.end()
} finally {
  await stage.end()
}
