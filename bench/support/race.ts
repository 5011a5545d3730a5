import { median, report } from './stage.ts'

const connections = 20
const rounds = 7
const millisecondsPerTurn = 2_500

interface Race {
  name: string
  /** Of what so many are done a second. */
  unit: string
  gated: () => Promise<unknown>
  rival: () => Promise<unknown>
  /** What autovacuum does by itself within a minute of a first call. */
  analyze: () => Promise<unknown>
}

/** Both contenders in turn, every connection busy, in one run; the median of the ratios of neighbouring turns against 0.6. */
export async function race({ name, unit, gated, rival, analyze }: Race): Promise<void> {
  await Promise.all([turn(gated, 1_000), turn(rival, 1_000)])
  await analyze()
  const rates: { gated: number[]; rival: number[] } = { gated: [], rival: [] }
  for (let round = 0; round < rounds; round++) {
    rates.gated.push(await turn(gated))
    rates.rival.push(await turn(rival))
  }
  const ratios = rates.gated.map((rate, at) => rate / (rates.rival[at] ?? Number.POSITIVE_INFINITY))
  const ratio = median(ratios)
  report({
    name,
    ratio,
    target: '>=0.60',
    isMet: ratio >= 0.6,
    figures: {
      [`gated ${unit}/s (median)`]: Math.round(median(rates.gated)),
      [`rival ${unit}/s (median)`]: Math.round(median(rates.rival)),
      'ratio of each round': ratios.map((one) => one.toFixed(2)).join(' '),
      connections,
      rounds,
    },
  })
}

/** How many a second over one turn. */
async function turn(work: () => Promise<unknown>, milliseconds = millisecondsPerTurn): Promise<number> {
  const until = performance.now() + milliseconds
  const from = performance.now()
  let done = 0
  const one = async (): Promise<void> => {
    while (performance.now() < until) {
      await work()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
  return done / ((performance.now() - from) / 1000)
}
