import { and, eq, gte, inArray, lt, notInArray, sql } from 'drizzle-orm'

import { call, callSource } from '#drizzle/schema/call'
import { provider } from '#drizzle/schema/provider'
import { reconciliation } from '#drizzle/schema/reconciliation'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError, notFound } from '../../kernel/app-error.ts'
import type { OrganisationId } from '../../kernel/ids.ts'
import type { Tx } from '../../platform/db/transaction.ts'
import { adapterOf } from '../providers/index.ts'
import { agreesWithLog } from './log-match.ts'
import { type LoggedCall, readCallLog } from './read-call-log.ts'
import { ReconcileCalls, ReconciledCalls } from './shapes.ts'

const batch = 500
const shown = 20
const mostAbsent = 5_000
const running = ['queued', 'ringing', 'in_progress']

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
  async run({ input, tx, organisation: org, actor, vault, now }) {
    const source = await loadSource(tx, org, input)
    const log = readCallLog(input.log)
    // Of two lines of one call the last.
    const lines = new Map(log.calls.map((line) => [hexOf(vault.blindHash('externalId', line.name)), line]))
    const logged = await findLogged(tx, org, source, lines)
    const over = logged.filter(({ status }) => !running.includes(status))
    const zone = actor.kind === 'person' ? actor.organisation?.timeZone : undefined
    const absent = input.whole
      ? await findAbsent(tx, org, source, { ...input.whole, zone: zone ?? 'UTC', now, held: logged })
      : []
    await write(tx, [
      ...over.map((one) => ({
        ...one.figures,
        result: one.result,
        callId: one.id,
        org,
        providerId: source.id,
        checkedAt: now,
      })),
      ...absent.map((callId) => ({ result: 'absent' as const, callId, org, providerId: source.id, checkedAt: now })),
    ])
    const differing = over.flatMap(({ id, result }) => (result === 'differs' ? [id] : []))
    const counts = {
      agrees: over.length - differing.length,
      differs: differing.length,
      absent: input.whole ? absent.length : null,
      unknown: lines.size - logged.length,
      unread: log.unread.length,
    }
    return recorded(
      {
        ...counts,
        unread_lines: log.unread.slice(0, shown),
        differing: differing.slice(0, shown),
        missing: absent.slice(0, shown),
      },
      { target: source.id, facts: counts },
    )
  },
})

const hexOf = (hash: Uint8Array): string => Buffer.from(hash).toString('hex')

type Source = Pick<typeof provider.$inferSelect, 'id' | 'kind' | 'environment'>

/** @throws AppError conflict where there is nothing to check, or where one log cannot speak for all calls of its kind */
async function loadSource(
  tx: Tx,
  org: OrganisationId,
  { id, whole }: { id: string; whole?: object | undefined },
): Promise<Source> {
  const all = await tx
    .select({ id: provider.id, kind: provider.kind, environment: provider.environment, settings: provider.settings })
    .from(provider)
    .where(eq(provider.org, org))
  const source = all.find((one) => one.id === id)
  if (!source) throw notFound()
  if (adapterOf(source.kind)?.authenticity(source.settings) !== 'unsigned')
    throw new AppError('conflict', 'What this provider sends carries its own proof: there is nothing to check.')
  const alike = all.filter(({ kind, environment }) => kind === source.kind && environment === source.environment)
  // A call knows its kind of provider, not the address it came by.
  if (whole && alike.length > 1)
    throw new AppError(
      'conflict',
      'Another address of this kind is here, and a log is of one account: leave the days empty, and no call is called missing.',
    )
  return source
}

interface Logged {
  id: string
  status: string
  result: 'agrees' | 'differs'
  figures: { logTalkMs: number | null; logCostMinor: number | null; logCostCurrency: string | null }
}

/** The calls the log names, by the hash of their outside names. */
async function findLogged(
  tx: Tx,
  org: OrganisationId,
  { kind, environment }: Source,
  lines: ReadonlyMap<string, LoggedCall>,
): Promise<Logged[]> {
  const hashes = [...lines.keys()].map((hex) => Buffer.from(hex, 'hex'))
  const logged: Logged[] = []
  for (let from = 0; from < hashes.length; from += batch) {
    const found = await tx
      .select({
        hash: callSource.externalIdHash,
        id: call.id,
        status: call.status,
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
        ),
      )
    for (const { hash, id, status, ...told } of found) {
      const line = lines.get(hexOf(hash))
      if (!line) continue
      const { talkMs: logTalkMs, cost } = line
      logged.push({
        id,
        status,
        result: agreesWithLog(told, line) ? 'agrees' : 'differs',
        figures: { logTalkMs, logCostMinor: cost?.amountMinor ?? null, logCostCurrency: cost?.currency ?? null },
      })
    }
  }
  return logged
}

interface Period {
  from: string
  to: string
  zone: string
  now: Date
  held: readonly Logged[]
}

/**
 * Calls first heard of on these days, by our own clock: whoever makes one up chooses what it says of its time. One heard of in
 * the first hours may have begun the day before, and the newest may not be in the log yet.
 */
async function findAbsent(
  tx: Tx,
  org: OrganisationId,
  { kind, environment }: Source,
  { from, to, zone, now, held }: Period,
): Promise<string[]> {
  const within = await tx
    .select({ id: call.id })
    .from(call)
    .where(
      and(
        eq(call.org, org),
        eq(call.environment, environment),
        eq(call.provider, kind),
        gte(call.createdAt, sql`${from}::date::timestamp at time zone ${zone} + interval '4 hours'`),
        lt(call.createdAt, sql`(${to}::date + 1)::timestamp at time zone ${zone}`),
        lt(call.createdAt, new Date(now.getTime() - 3_600_000)),
        notInArray(call.status, ['queued', 'ringing', 'in_progress']),
      ),
    )
    .limit(held.length + mostAbsent + 1)
  const ids = new Set(held.map(({ id }) => id))
  const absent = within.map(({ id }) => id).filter((id) => !ids.has(id))
  if (absent.length > mostAbsent)
    throw new AppError('invalid_input', 'This log lacks most calls of these days.', {
      fields: { log: 'lacks over 5,000 calls of these days: is it of this provider, and are these its days?' },
    })
  return absent.toSorted()
}

/** In the order of ids, so that two checks at once wait for each other instead of both failing. */
async function write(tx: Tx, rows: readonly (typeof reconciliation.$inferInsert)[]): Promise<void> {
  const sorted = rows.toSorted((one, other) => (one.callId < other.callId ? -1 : 1))
  for (let from = 0; from < sorted.length; from += batch) {
    await tx
      .insert(reconciliation)
      .values(sorted.slice(from, from + batch))
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
