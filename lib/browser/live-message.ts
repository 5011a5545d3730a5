import { isUuid } from '#lib/kernel/ids'

import { isRecord } from './fetch-json.ts'

export type EndReason = 'signed_out' | 'not_allowed'

/** What the stream says: a call changed, all is well, or it is over. */
export type LiveMessage = { kind: 'beat' } | { kind: 'call'; id: string } | { kind: 'end'; reason: EndReason }

/** The phases a live screen can be in. */
export type LivePhase =
  | { kind: 'connecting' | 'live' | 'reconnecting' | 'stale' | 'offline' }
  | { kind: 'ended'; reason: EndReason }

/** Names of the events a stream sends. */
export const liveEvents = ['beat', 'call', 'end'] as const

/** Read one event. Undefined for what we do not understand: a newer server may say more than this page knows. */
export function readLiveMessage(event: string, data: string): LiveMessage | undefined {
  if (event === 'beat') return { kind: 'beat' }
  const fields = parsed(data)
  if (event === 'call') {
    const id = fields?.['id']
    return typeof id === 'string' && isUuid(id) ? { kind: 'call', id } : undefined
  }
  // An ending is obeyed even when its reason is not understood: showing too little is the safe side.
  if (event === 'end')
    return { kind: 'end', reason: fields?.['reason'] === 'not_allowed' ? 'not_allowed' : 'signed_out' }
  return undefined
}

function parsed(data: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(data)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}
