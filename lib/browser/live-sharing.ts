import type { LiveMessage, LivePhase } from './live-message.ts'
import { type Known, type LiveListener, openLiveStream, SILENCE_MS } from './live-stream.ts'

const PULSE_MS = 4_000

type Shared = { message: LiveMessage } | { phase: LivePhase } | { ask: true }

/**
 * One connection for all tabs of a person: the tab holding the lock listens and passes on.
 * A tab that hears nothing takes the lock away, because a phone may have frozen its holder.
 */
export function shareLiveStream(url: string, since: number, listener: LiveListener): () => void {
  const known: Known = { since }
  if (!('locks' in navigator) || !('BroadcastChannel' in globalThis)) return openLiveStream(url, known, listener)

  const channel = new BroadcastChannel(`live ${url}`)
  const given = new AbortController()
  let stopStream: (() => void) | undefined
  let phase: LivePhase = { kind: 'connecting' }
  let silence: ReturnType<typeof setTimeout> | undefined
  let pulse: ReturnType<typeof setInterval> | undefined
  let heardAt: number | undefined
  let isOver = false

  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin: ours
  const tell = (shared: Shared) => isOver || channel.postMessage(shared)
  const lead: LiveListener = {
    onMessage: (message) => {
      listener.onMessage(message)
      tell({ message })
    },
    onPhase: (next) => {
      phase = next
      listener.onPhase(next)
      tell({ phase })
      if (next.kind === 'ended') stop()
    },
  }
  const letGo = () => {
    clearInterval(pulse)
    stopStream?.()
    stopStream = undefined
  }
  const takeLock = (options: LockOptions) => {
    const held = navigator.locks.request(`live ${url}`, options, () => {
      if (isOver || stopStream) return undefined
      clearTimeout(silence)
      // Nobody listened for a moment, and this tab alone knows since when: leaving and reaching `live` again tells the others.
      lead.onPhase({ kind: 'connecting' })
      stopStream = openLiveStream(url, known, lead)
      // The server may be silent while this tab is well: then nobody needs to take over.
      pulse = setInterval(() => tell({ phase }), PULSE_MS)
      return new Promise<void>((release) => given.signal.addEventListener('abort', () => release()))
    })
    // Rejects when another tab took the lock, or when we stopped waiting for it.
    held.catch(() => {
      letGo()
      if (!isOver) follow()
    })
  }
  const heard = () => {
    clearTimeout(silence)
    silence = setTimeout(() => {
      hear({ kind: 'stale', heardAt })
      if (document.visibilityState === 'visible') takeLock({ steal: true })
      else heard()
    }, SILENCE_MS)
  }
  /** A phase of the tab that listens. Once it is live, this one cannot know what was said before it heard of that. */
  const hear = (next: LivePhase) => {
    const isBack = next.kind === 'live' && phase.kind !== 'live'
    phase = next
    listener.onPhase(next)
    if (isBack) listener.onMessage({ kind: 'missed' })
    if (next.kind === 'ended') stop()
  }
  const follow = () => {
    heard()
    takeLock({ signal: given.signal })
  }

  channel.addEventListener('message', ({ data }: MessageEvent<Shared>) => {
    if ('ask' in data) {
      if (stopStream) tell({ phase })
      return
    }
    if (stopStream) return
    heard()
    heardAt = Date.now()
    if ('phase' in data) return hear(data.phase)
    if (data.message.kind === 'beat') known.since = data.message.at ?? known.since
    listener.onMessage(data.message)
  })
  function stop(): void {
    isOver = true
    clearTimeout(silence)
    letGo()
    given.abort()
    channel.close()
  }

  follow()
  tell({ ask: true })
  return stop
}
