import { and, asc, eq, lte, max, sql } from 'drizzle-orm'
import { z } from 'zod'

import { provider, providerActivity, providerRejection } from '#drizzle/schema/provider'
import { reconciliation } from '#drizzle/schema/reconciliation'

import { holds } from '../../guard/allowed.ts'
import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { planMost } from '../../kernel/plan.ts'
import { ourOrigins } from '../../platform/origins.ts'
import { sealed } from '../../vault/columns.ts'
import type { Authenticity } from './adapters/port.ts'
import { adapters } from './adapters/registry.ts'
import { type ListedProvider, ProviderList } from './shapes.ts'

const newest = 10

const words: Record<Authenticity, string> = {
  signed: 'Signed: every event is checked, to the last byte.',
  shared_secret: 'Shared secret: it comes along with each event, but does not cover what the event says.',
  unsigned: 'Not signed: whoever knows the address can write here. Hold its calls against the provider’s own log.',
}

/** Whose events come in and how it goes. Addresses are for who may change them. */
export const listProviders = query({
  name: 'providers.list',
  allow: 'config.view',
  limit: perActor(600, 'minute'),
  audit: 'none',
  input: z.strictObject({}),
  output: ProviderList,
  read({ tx, organisation: org }) {
    const ranked = tx
      .select({
        providerId: providerRejection.providerId,
        reason: providerRejection.reason,
        requestId: providerRejection.requestId,
        at: providerRejection.at,
        rank: sql<number>`row_number() over (partition by ${providerRejection.providerId}
          order by ${providerRejection.at} desc, ${providerRejection.id} desc)`.as('rank'),
      })
      .from(providerRejection)
      .where(eq(providerRejection.org, org))
      .as('ranked')
    return [
      tx
        .select({ row: provider, activity: providerActivity })
        .from(provider)
        .leftJoin(
          providerActivity,
          and(eq(providerActivity.org, provider.org), eq(providerActivity.providerId, provider.id)),
        )
        .where(eq(provider.org, org))
        .orderBy(asc(provider.createdAt), asc(provider.id)),
      tx.select().from(ranked).where(lte(ranked.rank, newest)).orderBy(asc(ranked.providerId), asc(ranked.rank)),
      tx
        .select({
          providerId: reconciliation.providerId,
          result: reconciliation.result,
          calls: sql<number>`count(*)::int`,
          checkedAt: max(reconciliation.checkedAt),
        })
        .from(reconciliation)
        .where(eq(reconciliation.org, org))
        .groupBy(reconciliation.providerId, reconciliation.result),
    ]
  },
  answer({ actor, vault, now }, [providers, rejections, checks]) {
    const mayManage = holds(actor, 'config.manage')
    return {
      data: providers.map(({ row, activity }) => {
        const adapter = adapters[row.kind]
        const authenticity = adapter.authenticity(row.settings)
        const overlap = row.previousSecretUntil && row.previousSecretUntil > now ? row.previousSecretUntil : null
        return {
          id: row.id,
          kind: row.kind,
          kind_name: adapter.name,
          name: row.name,
          environment: row.environment,
          authenticity,
          authenticity_words: words[authenticity],
          reconciliation:
            authenticity === 'unsigned' ? reconciled(checks.filter((one) => one.providerId === row.id)) : null,
          countries: [...(adapter.countriesFor?.(row.settings) ?? adapter.countries)],
          address:
            mayManage && row.pathSealed
              ? `${ourOrigins()[0]}${vault.open(sealed.provider.path, row.id, row.pathSealed)}`
              : null,
          settings: mayManage ? row.settings : null,
          is_disabled: row.disabledAt !== null,
          created_at: row.createdAt.toISOString(),
          previous_secret_until: overlap?.toISOString() ?? null,
          last_event_at: activity?.lastEventAt?.toISOString() ?? null,
          accepted: activity?.accepted ?? 0,
          rejected: activity?.rejected ?? 0,
          rejections: rejections
            .filter(({ providerId }) => providerId === row.id)
            .map(({ at, reason, requestId }) => ({ at: at.toISOString(), reason, request_id: requestId })),
        }
      }),
      may_manage: mayManage,
      most: actor.kind === 'person' && actor.organisation ? planMost(actor.organisation.plan, 'providers') : null,
    }
  },
})

interface Checked {
  result: 'agrees' | 'differs' | 'absent'
  calls: number
  checkedAt: Date | null
}

function reconciled(checks: readonly Checked[]): ListedProvider['reconciliation'] {
  const of = (result: Checked['result']): number => checks.find((one) => one.result === result)?.calls ?? 0
  const last = checks.flatMap(({ checkedAt }) => (checkedAt ? [checkedAt.getTime()] : []))
  return {
    checked_at: last.length === 0 ? null : new Date(Math.max(...last)).toISOString(),
    agrees: of('agrees'),
    differs: of('differs'),
    absent: of('absent'),
  }
}
