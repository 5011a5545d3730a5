import { isUuid } from '#lib/kernel/ids'

import { isRecord } from './fetch-json.ts'

export type EndReason = 'signed_out' | 'not_allowed'

/** What the stream says: all is well (by the server's clock), a call changed, something may have been missed, or it is over. */
export type LiveMessage =
  | { kind: 'beat'; at: number | undefined }
  | { kind: 'call'; id: string }
  | { kind: 'missed' }
  | { kind: 'end'; reason: EndReason }

/** The phases a live screen can be in. `heardAt`: when the server was last heard, by this device's clock. */
export type LivePhase =
  | { kind: 'connecting' | 'live' }
  | { kind: 'reconnecting' | 'stale' | 'offline'; heardAt: number | undefined }
  | { kind: 'ended'; reason: EndReason }

/** When the server was last heard, in a phase in which it is not. */
export function heardAtIn(phase: LivePhase): number | undefined {
  return 'heardAt' in phase ? phase.heardAt : undefined
}

/** Names of the events a stream sends. */
export const liveEvents = ['beat', 'call', 'missed', 'end'] as const

/** Read one event. Undefined for what we do not understand: a newer server may say more than this page knows. */
export function readLiveMessage(event: string, data: string): LiveMessage | undefined {
  const fields = parsed(data)
  if (event === 'beat') return { kind: 'beat', at: momentIn(fields?.['at']) }
  if (event === 'missed') return { kind: 'missed' }
  if (event === 'call') {
    const id = fields?.['id']
    return typeof id === 'string' && isUuid(id) ? { kind: 'call', id } : undefined
  }
  // An ending is obeyed even when its reason is not understood: showing too little is the safe side.
  if (event === 'end')
    return { kind: 'end', reason: fields?.['reason'] === 'not_allowed' ? 'not_allowed' : 'signed_out' }
  return undefined
}

function momentIn(text: unknown): number | undefined {
  return typeof text === 'string' && /^\d{13}$/.test(text) ? Number(text) : undefined
}

function parsed(data: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(data)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}
