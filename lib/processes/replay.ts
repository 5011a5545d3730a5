import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'

import { providerKinds } from '../kernel/provider-kind.ts'
import { settings } from '../platform/env.ts'
import { findHook, type HookAnswer, postHook } from '../testing/provider-replayer/hook-target.ts'
import { replayKinds } from '../testing/provider-replayer/kinds.ts'
import { type Play, playsOf, summaryOf } from '../testing/provider-replayer/plays.ts'
import { sendAll, sendShuffled, withMishaps } from '../testing/provider-replayer/send-shuffled.ts'

const USAGE = `npm run replay -- ${providerKinds.join(' ')} [--live] [--seed N] [--shuffle] [--times 3] [--slow] [--organisation NAME]`
const SLOW_MS = 700

function wholeNumber(text: string, name: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0.\n${USAGE}`)
  return value
}

/** Plays a made-up day of calls into the app on this machine: real TLS, real signatures, no account with anybody. */
async function replay(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      live: { type: 'boolean', default: false },
      shuffle: { type: 'boolean', default: false },
      slow: { type: 'boolean', default: false },
      seed: { type: 'string' },
      times: { type: 'string', default: '1' },
      organisation: { type: 'string' },
    },
  })
  const kinds = providerKinds.filter((kind) => positionals.includes(kind))
  if (kinds.length === 0 || positionals.length > kinds.length) throw new Error(USAGE)
  const seed = values.seed === undefined ? Date.now() : wholeNumber(values.seed, 'seed')
  const times = wholeNumber(values.times, 'times')
  const targets = kinds.map((kind) => ({ kind, hook: findHook(settings().ORINODE_HOME, kind, values.organisation) }))
  const plays = playsOf(targets, { seed, now: new Date(), live: values.live })
  console.log(`${summaryOf(plays)} (seed ${seed})`)

  const answers: HookAnswer[] = []
  const send = async ({ kind, hook, delivery }: Play): Promise<void> => {
    if (values.live) await pause(Math.max(0, delivery.at.getTime() - Date.now()))
    if (values.slow) await pause(SLOW_MS)
    const headers = await replayKinds[kind].headers(delivery.body, { url: hook.url.href, secret: hook.secret })
    answers.push(await postHook(hook, delivery.body, headers))
    progress(`${answers.length} sent, last was ${kind} ${delivery.event} → ${answers.at(-1)?.status}`)
  }
  const atOnce = values.slow || values.live ? 1 : 4
  const startedAt = performance.now()
  if (values.shuffle) await sendShuffled({ deliveries: plays, send, seed, times, atOnce })
  else
    for (let round = 0; round < times; round += 1)
      await sendAll(values.live ? plays : withMishaps(plays, seed + round), send, atOnce)
  for (const { hook } of targets) hook.agent.destroy()

  const accepted = answers.filter(({ status }) => status >= 200 && status < 300).length
  const waits = answers.map(({ ms }) => ms).toSorted((a, b) => a - b)
  const at = (share: number): string => `${(waits[Math.floor(waits.length * share)] ?? 0).toFixed(1)} ms`
  progress('')
  console.log(
    `${answers.length} sent in ${((performance.now() - startedAt) / 1000).toFixed(1)} s, ${accepted} accepted, ` +
      `${answers.length - accepted} refused, ${at(0.5)} p50, ${at(0.99)} p99`,
  )
  return accepted === answers.length ? 0 : 1
}

/** One line that rewrites itself on a screen, and says nothing in a file. */
function progress(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[2K${text}`)
}

try {
  process.exitCode = await replay()
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : 'The replay stopped.')
  process.exitCode = 1
}
