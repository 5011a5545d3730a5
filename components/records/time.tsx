'use client'

import { formatExact, formatRelative } from '#lib/kernel/time'

import * as words from '../words/words.ts'
import { useNow, useTimeZone } from './clock.tsx'

const DAY_MS = 86_400_000

/** `5 minutes ago`; after a day its date. Exact, in the organisation's zone and in UTC, on hover. */
export function Time({ at, className }: { at: string; className?: string }) {
  const moment = new Date(at)
  const now = useNow(moment.getTime())
  const timeZone = useTimeZone()
  return (
    <time dateTime={at} title={exactTitle(moment, timeZone)} className={className} suppressHydrationWarning>
      {Math.abs(now - moment.getTime()) < DAY_MS
        ? formatRelative(moment, new Date(now))
        : shortDate(moment, timeZone, now)}
    </time>
  )
}

/** The exact moment, for pages where it is the point. Beside one of the same day (`after`) only the clock. */
export function ExactTime({ at, after }: { at: string; after?: string }) {
  const timeZone = useTimeZone()
  const moment = new Date(at)
  const isSameDay = after !== undefined && dayOf(new Date(after), timeZone) === dayOf(moment, timeZone)
  return (
    <time dateTime={at} title={exactTitle(moment, timeZone)} suppressHydrationWarning>
      {isSameDay ? clockWithSeconds(moment, timeZone) : formatExact(moment, timeZone)}
    </time>
  )
}

function dayOf(moment: Date, timeZone: string): string {
  return new Intl.DateTimeFormat(words.locale, { dateStyle: 'short', timeZone }).format(moment)
}

function clockWithSeconds(moment: Date, timeZone: string): string {
  return new Intl.DateTimeFormat(words.locale, { timeStyle: 'medium', hourCycle: 'h23', timeZone }).format(moment)
}

/** `14:02` on the organisation's wall. */
export function clockTime(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat(words.locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(at)
}

function exactTitle(moment: Date, timeZone: string): string {
  return `${formatExact(moment, timeZone)} (${formatExact(moment, 'UTC')})`
}

function shortDate(moment: Date, timeZone: string, now: number): string {
  const isThisYear = moment.getUTCFullYear() === new Date(now).getUTCFullYear()
  const options: Intl.DateTimeFormatOptions = isThisYear
    ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
    : { year: 'numeric' }
  return new Intl.DateTimeFormat(words.locale, { day: 'numeric', month: 'short', timeZone, ...options }).format(moment)
}
