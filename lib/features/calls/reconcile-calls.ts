import { and, between, eq, inArray, notInArray, sql } from 'drizzle-orm'

import { call, callSource } from '#drizzle/schema/call'
import { provider } from '#drizzle/schema/provider'
import { reconciliation } from '#drizzle/schema/reconciliation'

import { perActor } from '../../guard/limits.ts'
import { type Context, command, recorded } from '../../guard/use-case.ts'
import { AppError, notFound } from '../../kernel/app-error.ts'
import type { Tx } from '../../platform/db/transaction.ts'
import { adapterOf } from '../providers/index.ts'
import { type LoggedCall, readCallLog } from './read-call-log.ts'
import { ReconcileCalls, ReconciledCalls } from './shapes.ts'

const batch = 500
const shown = 20
const mostAbsent = 5_000
const running = ['queued', 'ringing', 'in_progress'] as const

type Result = typeof reconciliation.$inferInsert
type Told = Pick<typeof call.$inferSelect, 'id' | 'startedAt' | 'talkMs' | 'costMinor' | 'costCurrency'>

/**
 * Holds the calls of a provider that signs nothing against that provider's own log: what agrees, what differs, and what the
 * log does not hold, which somebody who knew the address may have made up. Nothing told is overwritten.
 */
export const reconcileCalls = command({
  name: 'calls.reconcile',
  allow: 'config.manage',
  limit: perActor(30, 'hour'),
  audit: 'call.reconciled',
  input: ReconcileCalls,
  output: ReconciledCalls,
  async run(context) {
    const { input, tx, organisation: org, now } = context
    const [source] = await tx
      .select({ id: provider.id, kind: provider.kind, environment: provider.environment, settings: provider.settings })
      .from(provider)
      .where(and(eq(provider.org, org), eq(provider.id, input.id)))
    if (!source) throw notFound()
    if (adapterOf(source.kind)?.authenticity(source.settings) !== 'unsigned')
      throw new AppError('conflict', 'What this provider sends carries its own proof: there is nothing to check.')
    const log = readCallLog(input.log)
    const pairs = await findLogged(context, source, log.calls)
    const results = pairs.map(([told, logged]) => resultOf(told, logged))
    const absent = input.is_whole ? await findAbsent(tx, org, source, pairs) : []
    const rows = [...results, ...absent.map(({ id }) => ({ callId: id, result: 'absent' as const }))]
    await write(
      tx,
      rows.map((row) => ({ ...row, org, providerId: source.id, checkedAt: now })),
    )
    const differing = results.flatMap(({ callId, result }) => (result === 'differs' ? [callId] : []))
    const counts = {
      agrees: results.length - differing.length,
      differs: differing.length,
      absent: absent.length,
      unknown: log.calls.length - pairs.length,
      unread: log.unread.length,
    }
    return recorded(
      {
        ...counts,
        unread_lines: log.unread.slice(0, shown),
        differing: differing.slice(0, shown),
        missing: absent.slice(0, shown).map(({ id }) => id),
      },
      { target: source.id, facts: counts },
    )
  },
})

type Source = Pick<typeof provider.$inferSelect, 'id' | 'kind' | 'environment'>

/** The calls the log names, each with its line; of two lines of one call the last. */
async function findLogged(
  { tx, organisation: org, vault }: Pick<Context<unknown>, 'organisation' | 'vault'> & { tx: Tx },
  { kind, environment }: Source,
  logged: readonly LoggedCall[],
): Promise<[Told, LoggedCall][]> {
  const byHash = new Map(
    logged
      .map((line) => [vault.blindHash('externalId', line.name), line] as const)
      .map(([hash, line]) => [Buffer.from(hash).toString('hex'), line]),
  )
  const hashes = [...byHash.keys()].map((hex) => Buffer.from(hex, 'hex'))
  const pairs: [Told, LoggedCall][] = []
  for (let from = 0; from < hashes.length; from += batch) {
    const found = await tx
      .select({
        hash: callSource.externalIdHash,
        id: call.id,
        startedAt: call.startedAt,
        talkMs: call.talkMs,
        costMinor: call.costMinor,
        costCurrency: call.costCurrency,
      })
      .from(callSource)
      .innerJoin(call, and(eq(call.org, org), eq(call.id, callSource.callId)))
      .where(
        and(
          eq(callSource.org, org),
          eq(callSource.environment, environment),
          eq(callSource.provider, kind),
          inArray(callSource.externalIdHash, hashes.slice(from, from + batch)),
          notInArray(call.status, [...running]),
        ),
      )
    for (const { hash, ...told } of found) {
      const line = byHash.get(Buffer.from(hash).toString('hex'))
      if (line) pairs.push([told, line])
    }
  }
  return pairs
}

/** A figure the log does not give is no difference. */
function resultOf(told: Told, { talkMs, cost }: LoggedCall): Omit<Result, 'org' | 'providerId' | 'checkedAt'> {
  const isAsLong = talkMs === null || talkMs === (told.talkMs ?? 0)
  const isAsDear =
    cost === null ||
    (cost.amountMinor === (told.costMinor ?? 0) && (told.costCurrency ?? cost.currency) === cost.currency)
  return {
    callId: told.id,
    result: isAsLong && isAsDear ? 'agrees' : 'differs',
    logTalkMs: talkMs,
    logCostMinor: cost?.amountMinor ?? null,
    logCostCurrency: cost?.currency ?? null,
  }
}

/** Calls that ended, of the time between the first and the last the log holds, which it does not hold. */
async function findAbsent(
  tx: Tx,
  org: string,
  { kind, environment }: Source,
  pairs: readonly [Told, LoggedCall][],
): Promise<{ id: string }[]> {
  const times = pairs.map(([{ startedAt }]) => startedAt.getTime())
  if (times.length === 0) return []
  const held = new Set(pairs.map(([{ id }]) => id))
  const within = await tx
    .select({ id: call.id })
    .from(call)
    .where(
      and(
        eq(call.org, org),
        eq(call.environment, environment),
        eq(call.provider, kind),
        between(
          call.startedAt,
          new Date(times.reduce((one, other) => Math.min(one, other))),
          new Date(times.reduce((one, other) => Math.max(one, other))),
        ),
        notInArray(call.status, [...running]),
      ),
    )
    .limit(held.size + mostAbsent)
  return within.filter(({ id }) => !held.has(id))
}

async function write(tx: Tx, rows: readonly Result[]): Promise<void> {
  for (let from = 0; from < rows.length; from += batch) {
    await tx
      .insert(reconciliation)
      .values(rows.slice(from, from + batch))
      .onConflictDoUpdate({
        target: [reconciliation.org, reconciliation.callId],
        set: {
          providerId: sql`excluded.provider_id`,
          result: sql`excluded.result`,
          logTalkMs: sql`excluded.log_talk_ms`,
          logCostMinor: sql`excluded.log_cost_minor`,
          logCostCurrency: sql`excluded.log_cost_currency`,
          checkedAt: sql`excluded.checked_at`,
        },
      })
  }
}
