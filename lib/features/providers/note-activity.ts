import { sql } from 'drizzle-orm'

import { providerActivity, providerRejection } from '#drizzle/schema/provider'

import { newId, type OrganisationId } from '../../kernel/ids.ts'
import { asOrganisation, type Tx } from '../../platform/db/transaction.ts'
import { errorFacts, log } from '../../platform/log.ts'
import type { FoundProvider } from './find-provider.ts'
import type { RejectionReason } from './shapes.ts'

/** What came in at one hook since it was last written down. */
interface Tally {
  organisation: OrganisationId
  providerId: string
  accepted: number
  rejected: number
  lastEventAt: Date | null
  rejections: { id: string; reason: RejectionReason; requestId: string; at: Date }[]
}

const writeEveryMs = 500
const keptAtOnce = 10
const keptInAll = 50
const shared = globalThis as typeof globalThis & {
  orinodeHooks?: { tallies: Map<string, Tally>; timer: NodeJS.Timeout | null }
}

/** An event of this provider was taken. */
export function noteAccepted(provider: Pick<FoundProvider, 'id' | 'organisation'>, at = new Date()): void {
  const tally = tallyOf(provider)
  tally.accepted += 1
  tally.lastEventAt = at
}

/** Something sent to this provider's address was turned away. */
export function noteRejected(
  provider: Pick<FoundProvider, 'id' | 'organisation'>,
  { reason, requestId }: { reason: RejectionReason; requestId: string },
  at = new Date(),
): void {
  const tally = tallyOf(provider)
  tally.rejected += 1
  tally.rejections.push({ id: newId<'provider-rejection'>(), reason, requestId, at })
  if (tally.rejections.length > keptAtOnce) tally.rejections.shift()
}

/**
 * Counted in memory and written twice a second at most, so that neither a busy provider nor a flood of forgeries writes a row
 * per request, and no two events of a provider wait for each other's row. A process that dies takes half a second of counts along.
 */
function tallyOf({ id, organisation }: Pick<FoundProvider, 'id' | 'organisation'>): Tally {
  const hooks = (shared.orinodeHooks ??= { tallies: new Map(), timer: null })
  hooks.timer ??= setTimeout(() => {
    hooks.timer = null
    const tallies = [...hooks.tallies.values()]
    hooks.tallies.clear()
    for (const tally of tallies) {
      write(tally).catch((error: unknown) => log.warn('what came in at a hook was not counted', errorFacts(error)))
    }
  }, writeEveryMs).unref()
  const known = hooks.tallies.get(id)
  if (known) return known
  const tally = {
    organisation: organisation.id,
    providerId: id,
    accepted: 0,
    rejected: 0,
    lastEventAt: null,
    rejections: [],
  }
  hooks.tallies.set(id, tally)
  return tally
}

async function write(tally: Tally): Promise<void> {
  const { organisation: org, providerId, accepted, rejected, lastEventAt, rejections } = tally
  await asOrganisation(org, async (tx: Tx) => {
    await tx
      .insert(providerActivity)
      .values({ org, providerId, accepted, rejected, lastEventAt })
      .onConflictDoUpdate({
        target: [providerActivity.org, providerActivity.providerId],
        set: {
          accepted: sql`${providerActivity.accepted} + excluded.accepted`,
          rejected: sql`${providerActivity.rejected} + excluded.rejected`,
          lastEventAt: sql`greatest(${providerActivity.lastEventAt}, excluded.last_event_at)`,
        },
      })
    if (rejections.length === 0) return
    await tx.insert(providerRejection).values(rejections.map((one) => ({ org, providerId, ...one })))
    await tx.execute(sql`
      delete from provider_rejection where org = ${org} and id in (
        select id from provider_rejection where org = ${org} and provider_id = ${providerId}
        order by at desc, id desc offset ${keptInAll})`)
  })
}
