import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'

import { settings } from '../platform/env.ts'
import { findHook, postHook, type HookAnswer } from '../testing/provider-replayer/hook-target.ts'
import { retellDay, type ProviderDelivery } from '../testing/provider-replayer/retell-day.ts'
import { sendAll, sendShuffled, withMishaps } from '../testing/provider-replayer/send-shuffled.ts'
import { signRetell } from '../testing/provider-replayer/sign-retell.ts'

const USAGE = 'npm run replay -- retell [--live] [--seed N] [--shuffle] [--times 3] [--slow] [--organisation NAME]'
const SLOW_MS = 700

function wholeNumber(text: string, name: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0.\n${USAGE}`)
  return value
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
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
  if (positionals[0] !== 'retell') throw new Error(USAGE)
  const seed = values.seed === undefined ? Date.now() : wholeNumber(values.seed, 'seed')
  const times = wholeNumber(values.times, 'times')
  const target = findHook(settings().ORINODE_HOME, 'retell', values.organisation)
  const day = retellDay({ seed, now: new Date(), live: values.live })
  const calls = new Set(day.map(({ callId }) => callId)).size

  console.log(`${calls} calls, ${day.length} events for ${target.organisation} (seed ${seed})`)
  let sent = 0
  const answers: HookAnswer[] = []
  const send = async (delivery: ProviderDelivery): Promise<void> => {
    if (values.live) await pause(Math.max(0, delivery.at.getTime() - Date.now()))
    if (values.slow) await pause(SLOW_MS)
    const answer = await postHook(target, delivery.body, signRetell(delivery.body, target.secret, new Date()))
    answers.push(answer)
    sent += 1
    progress(`${sent} sent, last was ${delivery.event} → ${answer.status}`)
  }
  const atOnce = values.slow || values.live ? 1 : 4
  if (values.shuffle) await sendShuffled({ deliveries: day, send, seed, times, atOnce })
  else
    for (let round = 0; round < times; round += 1)
      await sendAll(values.live ? day : withMishaps(day, seed + round), send, atOnce)
  target.agent.destroy()

  const accepted = answers.filter(({ status }) => status >= 200 && status < 300).length
  progress('')
  console.log(
    `${answers.length} sent, ${accepted} accepted, ${answers.length - accepted} refused, ${median(answers.map(({ ms }) => ms)).toFixed(1)} ms p50`,
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
