import 'server-only'

import { log } from '../log.ts'
import { connect } from './pool.ts'
import type { LoginRole } from './roles.ts'

const beatMs = 500
const silenceMs = 1_000

export interface Listening {
  /** False once a heartbeat has gone unanswered for a second: caches count as empty, streams recheck. */
  isHeard(): boolean
  stop(): Promise<void>
}

/**
 * Listens on a connection of its own. Payloads carry ids only.
 * `onSilence` runs each time the line goes quiet for a second, and again when it is back (what was said meanwhile is lost).
 */
export async function listen(
  role: LoginRole,
  channels: Record<string, (payload: string) => void>,
  onSilence: () => void,
): Promise<Listening> {
  const sql = connect(role, 1, { connection: { application_name: `${role}-listen`, statement_timeout: 2_000 } })
  const beats = connect(role, 1, { connection: { application_name: `${role}-beat`, statement_timeout: 2_000 } })
  let heardAt = Date.now()
  let wasHeard = true
  for (const [channel, hear] of Object.entries(channels)) {
    // postgres.js listens again by itself after a broken connection; what it missed is gone, hence onSilence.
    await sql.listen(channel, hear, onSilence)
  }
  await sql.listen('orinode_beat', () => {
    heardAt = Date.now()
  })
  const timer = setInterval(() => {
    beats`select pg_notify('orinode_beat', '')`.catch(() => log.warn('listener beat failed'))
    const isHeard = Date.now() - heardAt < silenceMs
    if (wasHeard && !isHeard) onSilence()
    wasHeard = isHeard
  }, beatMs)
  return {
    isHeard: () => Date.now() - heardAt < silenceMs,
    stop: async () => {
      clearInterval(timer)
      await Promise.all([sql.end({ timeout: 1 }), beats.end({ timeout: 1 })])
    },
  }
}
