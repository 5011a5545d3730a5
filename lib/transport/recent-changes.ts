import 'server-only'

import type { hub } from '../guard/live-hub.ts'

type Hub = Pick<ReturnType<typeof hub>, 'onLive' | 'onRecheck' | 'listening'>

/** Clocks of two processes, and the way from a commit to our ears. */
const SLACK_MS = 2_000
const MOST_ORGANISATIONS = 10_000

interface Changes {
  /** From here on nothing is missing. */
  from: number
  lastOf: Map<string, number>
}

const known = new WeakMap<object, Changes>()

/** When something last changed in each organisation. Begun with the first window; of the time before nothing is known. */
function remembered(here: Hub): Changes {
  const begun = known.get(here)
  if (begun) return begun
  const changes: Changes = { from: Date.now(), lastOf: new Map() }
  const forget = (): void => {
    changes.from = Date.now()
    changes.lastOf.clear()
  }
  here.onLive.add(({ org }) => {
    if (changes.lastOf.size >= MOST_ORGANISATIONS && !changes.lastOf.has(org)) forget()
    changes.lastOf.set(org, Date.now())
  })
  // The line went quiet, or came back: what was said meanwhile is lost.
  here.onRecheck.add((whose) => whose === null && forget())
  known.set(here, changes)
  return changes
}

/** Whether a window that knows how things were at `since` may have missed something. Not knowing counts as missing. */
export function mayHaveMissed(here: Hub, org: string, since: number | null): boolean {
  const { from, lastOf } = remembered(here)
  if (since === null || here.listening?.isHeard() !== true) return true
  return since < from || since > Date.now() + SLACK_MS || (lastOf.get(org) ?? 0) > since - SLACK_MS
}
