import { durationWords } from '#lib/kernel/time'

/** `2 min 10 s`, readable by machines too. */
export function Duration({ ms }: { ms: number }) {
  return <time dateTime={`PT${Math.floor(ms / 1000)}S`}>{durationWords(ms)}</time>
}

/** `1:05`: a place in a recording or transcript. */
export function offsetClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  const two = (part: number) => String(part).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}
