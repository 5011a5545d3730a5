import { and, eq, sql } from 'drizzle-orm'

import { auditEntry } from '#drizzle/schema/audit'
import { call } from '#drizzle/schema/call'
import { recording } from '#drizzle/schema/recording'

import { reaches } from '../../guard/allowed.ts'
import { perActor } from '../../guard/limits.ts'
import { command, type Context, oncePerTarget, recorded } from '../../guard/use-case.ts'
import { vaultOf } from '../../guard/vault-of.ts'
import { notFound } from '../../kernel/app-error.ts'
import type { OrganisationId } from '../../kernel/ids.ts'
import { readAsOrganisation, type Tx } from '../../platform/db/transaction.ts'
import { processStorage } from '../../platform/storage/process-storage.ts'
import { sealed } from '../../vault/columns.ts'
import { type OpenStream, openStream } from '../../vault/segment-stream.ts'
import { partOf } from './byte-range.ts'
import { bindingOf, objectOf } from './recording-row.ts'
import { Playback, PlayRecording } from './shapes.ts'
import { contentTypeOf } from './sniff-audio.ts'

const action = 'recording.played'

const lookEveryMs = 1_000
/** A player asks for many parts of one recording: one entry for a person and a call stands for all of them this long. */
const oneEntryFor = sql`interval '10 minutes'`

/**
 * A recording, or a part of it. That it was played is committed before the first byte leaves; who only asks how long it is, or
 * for a part it does not have, has played nothing.
 */
export const playRecording = command({
  name: 'recordings.play',
  allow: 'calls.view',
  limit: perActor(1_200, 'minute'),
  audit: oncePerTarget(action),
  input: PlayRecording,
  output: Playback,
  before: find,
  async run({ input, actor, tx, organisation: org, prepared }) {
    const { row, stream } = prepared
    const part = partOf(input.range, stream.length)
    const isHeard = part !== null && !input.is_head
    const isFirst = isHeard && !(await wasJustPlayed(org, actor.id, input.id, tx))
    const bytes = part ? whileOpen(org, row.id, stream.range(part.from, part.to + 1)) : nothing()
    return recorded(
      { content_type: contentTypeOf(row.codec), size: stream.length, part, bytes },
      { target: input.id, isFirst },
    )
  },
})

async function find({ input, organisation: org, actor, vault }: Context<PlayRecording>) {
  const [[row]] = await readAsOrganisation(org, (tx) => [
    tx
      .select({ environment: call.environment, recording })
      .from(recording)
      .innerJoin(call, and(eq(call.org, recording.org), eq(call.id, recording.callId)))
      .where(and(eq(recording.org, org), eq(recording.callId, input.id))),
  ])
  if (!row || !reaches(actor, row.environment)) throw notFound()
  const storage = processStorage()
  const name = objectOf(row.recording)
  const size = (await storage.sizeOf(name)) ?? 0
  const key = vault.openBytes(sealed.recording.key, row.recording.id, row.recording.keySealed)
  try {
    const source = { size, read: (from: number, length: number) => storage.read(name, from, length) }
    return { row: row.recording, stream: await openStream(key, bindingOf(row.recording), source) }
  } finally {
    key.fill(0)
  }
}

/** Two parts asked for at once wait for each other here, so that only one of them is the first. */
async function wasJustPlayed(org: OrganisationId, actor: string | null, callId: string, tx: Tx): Promise<boolean> {
  if (actor === null) return false
  const lock = tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`${action}|${org}|${actor}|${callId}`}, 0))`,
  )
  const recent = tx
    .select({ id: auditEntry.id })
    .from(auditEntry)
    .where(
      and(
        eq(auditEntry.org, org),
        eq(auditEntry.target, callId),
        eq(auditEntry.action, action),
        eq(auditEntry.actor, actor),
        sql`${auditEntry.recordedAt} > now() - ${oneEntryFor}`,
      ),
    )
    .limit(1)
  const [, found] = await Promise.all([lock, recent])
  return found.length > 0
}

/** Stops at the next segment once the organisation's keys were withdrawn, and within a second once the recording was deleted. */
async function* whileOpen(
  org: OrganisationId,
  id: string,
  pieces: ReturnType<OpenStream['range']>,
): AsyncGenerator<Uint8Array> {
  let lookAt = performance.now() + lookEveryMs
  try {
    for (;;) {
      await vaultOf(org)
      if (performance.now() >= lookAt) {
        if (!(await isThere(org, id))) throw notFound()
        lookAt = performance.now() + lookEveryMs
      }
      const { value, done } = await pieces.next()
      if (done === true || value === undefined) return
      yield value
    }
  } finally {
    // However it ends, the source is closed with it.
    await pieces.return(undefined)
  }
}

async function isThere(org: OrganisationId, id: string): Promise<boolean> {
  const [found] = await readAsOrganisation(org, (tx) => [
    tx
      .select({ id: recording.id })
      .from(recording)
      .where(and(eq(recording.org, org), eq(recording.id, id))),
  ])
  return found.length > 0
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
