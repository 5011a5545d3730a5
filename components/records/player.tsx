'use client'

import { type ReactNode, useRef } from 'react'

import { setSpeed, speeds, useSpeed } from '#lib/browser/player-speed'

import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { Icon } from '../ui/icon.tsx'
import { Notice } from '../ui/notice.tsx'
import * as words from '../words/words.ts'
import { offsetClock } from './duration.tsx'
import { fileSize } from './file-size.ts'
import { TimelineLanes } from './turn-timeline.tsx'
import { usePlayback } from './use-playback.ts'

interface PlayerProps {
  src: string
  bytes: number
  /** As far as anybody knows before it is loaded. */
  durationMs: number | null
  /** Who speaks when, drawn by the server; the place in it is chosen on it. */
  timeline: ReactNode
  mayHoldNumbers: boolean
  /** Beside the size, e.g. deleting. */
  children?: ReactNode
}

/** A recording: size and length are known before anything is loaded, and nothing is loaded before somebody presses play. */
export function Player({ src, bytes, durationMs, timeline, mayHoldNumbers, children }: PlayerProps) {
  const { player } = words.callPage
  const audio = useRef<HTMLAudioElement>(null)
  const speed = useSpeed()
  const playback = usePlayback(audio, src, speed)
  const wholeMs = playback.loadedMs ?? durationMs
  const now = offsetClock(playback.ms)
  const whole = wholeMs === null ? player.unknownLength : offsetClock(wholeMs)
  return (
    <>
      {/* Stays in sight while the transcript is read. */}
      <section
        aria-label={player.title}
        className="sticky top-0 z-20 order-1 -mb-4 flex min-w-0 flex-col gap-2 bg-paper py-2"
      >
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- the transcript beside it says every word */}
        <audio ref={audio} src={src} preload="none" />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Button
            look="primary"
            aria-label={playback.isPlaying ? player.pause : player.play}
            icon={playback.isPlaying ? 'pause' : 'play'}
            onClick={playback.toggle}
          />
          <span className="text-13 whitespace-nowrap">{player.at(now, whole)}</span>
          <span role="group" aria-label={player.speed} className="ms-auto flex gap-1">
            {speeds.map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={one === speed}
                onClick={() => setSpeed(one)}
                className={classNames(
                  'h-8 min-w-10 rounded-6 border px-2 text-13 touch:h-11 touch:min-w-11',
                  one === speed
                    ? 'border-accent bg-accent-wash font-medium text-accent'
                    : 'border-line text-muted hover:border-edge hover:text-ink',
                )}
              >
                {player.times(one)}
              </button>
            ))}
          </span>
        </div>
        <TimelineLanes>
          <div className="relative rounded-6 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
            {timeline}
            <Playhead share={wholeMs ? Math.min(1, playback.ms / wholeMs) : 0} />
            <input
              type="range"
              aria-label={player.place}
              aria-valuetext={player.at(now, whole)}
              min={0}
              max={Math.max(1, Math.round(wholeMs ?? 1))}
              step={100}
              value={Math.round(playback.ms)}
              disabled={wholeMs === null}
              onChange={(event) => playback.seek(Number(event.currentTarget.value))}
              className="absolute inset-0 m-0 h-full w-full cursor-pointer opacity-0 disabled:cursor-default"
            />
          </div>
        </TimelineLanes>
        {playback.failure !== null && (
          <Notice tone="bad" role="alert" action={<Button onClick={playback.toggle}>{player.retry}</Button>}>
            {playback.failure}
          </Notice>
        )}
      </section>
      <div className="order-1 flex min-w-0 flex-col gap-1 border-b border-line pb-3">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-muted">
          <span>{player.size(fileSize(bytes))}</span>
          <span className="max-md:hidden">{player.keys}</span>
          {children}
        </div>
        {mayHoldNumbers && (
          <p className="flex items-start gap-1.5 text-12 text-muted">
            <Icon name="info" className="mt-px size-3.5" />
            {player.mayHoldNumbers}
          </p>
        )}
      </div>
    </>
  )
}

/** Where the sound is, over the timeline. A shape moves by its attributes: the policy forbids style. */
function Playhead({ share }: { share: number }) {
  const x = (share * 1000).toFixed(1)
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 1000 36"
      preserveAspectRatio="none"
      className="pointer-events-none absolute inset-0 h-full w-full overflow-visible"
    >
      <path d={`M${x} 0V36`} className="stroke-ink" strokeWidth="2" vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
