import { liveEvents, type LiveMessage, type LivePhase, readLiveMessage } from './live-message.ts'

/** Two beats of 5 s missed, and a little grace. */
export const SILENCE_MS = 12_000
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

export interface LiveListener {
  onMessage: (message: LiveMessage) => void
  onPhase: (phase: LivePhase) => void
}

/** How far a window knows, by the server's clock: its page, then the last beat. What happened after is asked for again. */
export interface Known {
  since: number
}

/** 1 s, 2 s, 4 s … 30 s, each cut by up to half at random so that a fleet of tabs does not return at once. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt)
  return full * (1 - random() / 2)
}

/** Keep one event stream open until told to stop, and say in which state it is. Returns the stop. */
export function openLiveStream(url: string, known: Known, listener: LiveListener): () => void {
  let source: EventSource | undefined
  let attempt = 0
  let isLive = false
  let heardAt: number | undefined
  let silence: ReturnType<typeof setTimeout> | undefined
  let retry: ReturnType<typeof setTimeout> | undefined

  const hush = () => {
    isLive = false
    source?.close()
    source = undefined
    clearTimeout(silence)
    clearTimeout(retry)
  }
  const again = (kind: 'reconnecting' | 'stale') => {
    hush()
    listener.onPhase({ kind: navigator.onLine ? kind : 'offline', heardAt })
    retry = setTimeout(connect, backoffMs(attempt))
    attempt += 1
  }
  const watchSilence = () => {
    clearTimeout(silence)
    silence = setTimeout(() => again('stale'), SILENCE_MS)
  }
  const onEvent = (event: MessageEvent<string>) => {
    const message = readLiveMessage(event.type, event.data)
    if (message?.kind === 'end') {
      stop()
      listener.onPhase({ kind: 'ended', reason: message.reason })
      return
    }
    watchSilence()
    heardAt = Date.now()
    // A connection alone proves little: a server that has lost its database opens one, and then sends no beat.
    if (!isLive) {
      isLive = true
      attempt = 0
      listener.onPhase({ kind: 'live' })
    }
    if (message?.kind === 'beat') known.since = message.at ?? known.since
    if (message) listener.onMessage(message)
  }
  // Our own retry instead of the browser's: it gives up for good on any answer but 200, and never on silence.
  function connect(): void {
    hush()
    source = new EventSource(`${url}?since=${known.since}`)
    for (const name of liveEvents) source.addEventListener(name, onEvent)
    source.addEventListener('error', () => again('reconnecting'))
    watchSilence()
  }
  const online = () => {
    attempt = 0
    connect()
  }
  const offline = () => {
    hush()
    listener.onPhase({ kind: 'offline', heardAt })
  }
  function stop(): void {
    hush()
    removeEventListener('online', online)
    removeEventListener('offline', offline)
  }

  addEventListener('online', online)
  addEventListener('offline', offline)
  if (navigator.onLine) connect()
  else offline()
  return stop
}
