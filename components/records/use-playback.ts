'use client'

import { type RefObject, useCallback, useEffect, useState } from 'react'

import { isBareKey } from '#lib/browser/shortcuts'

import * as words from '../words/words.ts'
import { useListening } from './listening.tsx'

const STEP_SECONDS = 5

interface Playback {
  isPlaying: boolean
  ms: number
  /** As the sound itself says, once it is loaded. */
  loadedMs: number | null
  failure: string | null
  toggle: () => void
  seek: (ms: number) => void
}

/** One sound: played, moved in, and told to whoever follows it. Nothing is loaded before somebody wants to hear. */
export function usePlayback(audio: RefObject<HTMLAudioElement | null>, src: string, speed: number): Playback {
  const listening = useListening()
  const [isPlaying, setPlaying] = useState(false)
  const [ms, setMs] = useState(0)
  const [loadedMs, setLoadedMs] = useState<number | null>(null)
  const [failure, setFailure] = useState<string | null>(null)

  const start = useCallback(() => {
    const element = audio.current
    if (!element) return
    setFailure(null)
    // After a failure an element stays as it is until told to look again.
    if (element.error) element.load()
    // Told by the error event as well, or stopped by us.
    element.play().catch(() => {})
  }, [audio])
  const toggle = useCallback(() => {
    if (audio.current?.paused === false) audio.current.pause()
    else start()
  }, [audio, start])
  const seek = useCallback(
    (to: number) => {
      if (!audio.current) return
      moveTo(audio.current, to)
      setMs(to)
    },
    [audio],
  )

  useEffect(() => {
    if (audio.current) playAt(audio.current, speed)
  }, [audio, speed])

  useEffect(() => {
    const element = audio.current
    if (!element) return undefined
    const tell = () => {
      setMs(element.currentTime * 1000)
      listening.tell(element.currentTime * 1000, !element.paused)
    }
    const length = () => setLoadedMs(Number.isFinite(element.duration) ? element.duration * 1000 : null)
    const played = () => setPlaying(!element.paused)
    const failed = () => {
      setPlaying(false)
      whyNot(src).then(setFailure, () => setFailure(words.callPage.player.failures.other))
    }
    const heard: [string, () => void][] = [
      ['timeupdate', tell],
      ['seeked', tell],
      ['durationchange', length],
      ['play', played],
      ['pause', played],
      ['ended', played],
      ['error', failed],
    ]
    for (const [name, listener] of heard) element.addEventListener(name, listener)
    return () => {
      for (const [name, listener] of heard) element.removeEventListener(name, listener)
      element.pause()
    }
  }, [audio, listening, src])

  useEffect(
    () =>
      listening.attach((to) => {
        seek(to)
        start()
      }),
    [listening, seek, start],
  )

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isBareKey(event)) return
      const isOnControl = event.target instanceof Element && event.target.closest('button, a, summary, [role="button"]')
      const now = audio.current?.currentTime ?? 0
      if (event.key === ' ' && !isOnControl) toggle()
      else if (event.key === 'ArrowLeft') seek(Math.max(0, now - STEP_SECONDS) * 1000)
      else if (event.key === 'ArrowRight') seek((now + STEP_SECONDS) * 1000)
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [audio, seek, toggle])

  return { isPlaying, ms, loadedMs, failure, toggle, seek }
}

function moveTo(element: HTMLAudioElement, ms: number): void {
  element.currentTime = ms / 1000
}

/** A load sets the rate back to the default one, so that is the one to set as well. */
function playAt(element: HTMLAudioElement, speed: number): void {
  element.defaultPlaybackRate = speed
  element.playbackRate = speed
}

/** An element says only that it failed: the door is asked again, for the head alone. */
async function whyNot(src: string): Promise<string> {
  const { failures } = words.callPage.player
  const { status } = await fetch(src, { method: 'HEAD' })
  const known: Partial<Record<number, string>> = failures
  if (status === 200) return failures.odd
  return known[status] ?? failures.other
}
