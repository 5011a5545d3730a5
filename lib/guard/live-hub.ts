import 'server-only'

import { z } from 'zod'

import { listen, type Listening } from '../platform/db/listen.ts'
import type { LoginRole } from '../platform/db/roles.ts'
import { purgeEverything, purgeOrganisation } from '../vault/key-cache.ts'
import { asId } from '../kernel/ids.ts'

const Live = z.object({ org: z.string(), kind: z.enum(['call']), id: z.string() })
export type Live = z.infer<typeof Live>

interface Hub {
  onLive: Set<(live: Live) => void>
  /** Access somewhere changed, or we cannot know: streams look again whether they may. */
  onRecheck: Set<() => void>
  onForget: Set<() => void>
  listening: Listening | null
}

const shared = globalThis as typeof globalThis & { orinodeHub?: Hub }

/** One hub a process; both module instances meet at it. */
export function hub(): Hub {
  return (shared.orinodeHub ??= { onLive: new Set(), onRecheck: new Set(), onForget: new Set(), listening: null })
}

/** Begins to hear what other processes say. When the line goes quiet, everything cached counts as old. */
export async function startHearing(role: LoginRole): Promise<() => Promise<void>> {
  const here = hub()
  const recheck = (): void => {
    for (const forget of here.onForget) forget()
    for (const one of here.onRecheck) one()
  }
  const listening = await listen(
    role,
    {
      orinode_live: (payload) => {
        const live = Live.safeParse(JSON.parse(payload))
        if (live.success) for (const one of here.onLive) one(live.data)
      },
      orinode_access: (payload) => {
        const said = z
          .object({ kind: z.string().optional(), organisation: z.string().optional() })
          .safeParse(JSON.parse(payload))
        if (said.success && said.data.kind === 'key_revoked' && said.data.organisation)
          purgeOrganisation(asId(said.data.organisation))
        recheck()
      },
    },
    () => {
      purgeEverything()
      recheck()
    },
  )
  here.listening = listening
  return async () => {
    here.listening = null
    await listening.stop()
  }
}
