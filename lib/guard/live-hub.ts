import 'server-only'

import { z } from 'zod'

import { listen, type Listening } from '../platform/db/listen.ts'
import { notify } from '../platform/db/notify.ts'
import type { LoginRole } from '../platform/db/roles.ts'
import { purgeEverything, purgeOrganisation } from '../vault/key-cache.ts'
import { asId } from '../kernel/ids.ts'

const Live = z.object({ org: z.string(), kind: z.enum(['call']), id: z.string() })
export type Live = z.infer<typeof Live>

const Access = z.object({ kind: z.string().optional(), id: z.string().optional(), organisation: z.string().optional() })

interface Hub {
  onLive: Set<(live: Live) => void>
  /** Somebody's access changed (their id), or we cannot know whose (null): streams look again whether they may. */
  onRecheck: Set<(whose: string | null) => void>
  /** This process is leaving: streams end, so that nobody has to wait for them. */
  onLeave: Set<() => void>
  onForget: Set<() => void>
  listening: Listening | null
}

const shared = globalThis as typeof globalThis & { orinodeHub?: Hub }

/** One hub a process; both module instances meet at it. */
export function hub(): Hub {
  return (shared.orinodeHub ??= {
    onLive: new Set(),
    onRecheck: new Set(),
    onLeave: new Set(),
    onForget: new Set(),
    listening: null,
  })
}

/** Here at once, so that whoever is told of the change finds it made; in other processes at the notice, or 30 s later. */
export function forgetKeysEverywhere(organisation: string): void {
  for (const forget of hub().onForget) forget()
  notify('orinode_access', { kind: 'keys', organisation })
}

/** Begins to hear what other processes say. When the line goes quiet, everything cached counts as old. */
export async function startHearing(role: LoginRole): Promise<() => Promise<void>> {
  const here = hub()
  const forget = (): void => {
    for (const one of here.onForget) one()
  }
  const recheck = (whose: string | null): void => {
    for (const one of here.onRecheck) one(whose)
    // A person signing out changes no key.
    if (whose === null) forget()
  }
  const listening = await listen(
    role,
    {
      orinode_live: (payload) => {
        const live = Live.safeParse(JSON.parse(payload))
        if (live.success) for (const one of here.onLive) one(live.data)
      },
      orinode_access: (payload) => {
        const said = Access.safeParse(JSON.parse(payload))
        const told = said.success ? said.data : {}
        // No window shows what an API key may: only what was remembered of keys goes.
        if (told.kind === 'keys') return forget()
        if (told.kind === 'key_revoked' && told.organisation) purgeOrganisation(asId(told.organisation))
        recheck(told.kind === undefined ? (told.id ?? null) : null)
      },
    },
    () => {
      purgeEverything()
      recheck(null)
    },
  )
  here.listening = listening
  return async () => {
    here.listening = null
    await listening.stop()
  }
}
