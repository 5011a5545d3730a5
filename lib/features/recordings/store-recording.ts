import { and, eq } from 'drizzle-orm'

import { call } from '#drizzle/schema/call'
import { recording } from '#drizzle/schema/recording'

import { reaches } from '../../guard/allowed.ts'
import { perActor } from '../../guard/limits.ts'
import { command, type Context, oncePerTarget, recorded } from '../../guard/use-case.ts'
import { vaultOf } from '../../guard/vault-of.ts'
import { AppError, notFound } from '../../kernel/app-error.ts'
import { newId, type OrganisationId } from '../../kernel/ids.ts'
import { readAsOrganisation } from '../../platform/db/transaction.ts'
import { processStorage } from '../../platform/storage/process-storage.ts'
import { sealed } from '../../vault/columns.ts'
import { newRecordingKey } from '../../vault/segment-binding.ts'
import { sealStream } from '../../vault/segment-stream.ts'
import { incomingAudio } from './incoming-audio.ts'
import { bindingOf, objectOf, type RecordingRow, showRecording } from './recording-row.ts'
import { StoredRecording, StoreRecording } from './shapes.ts'
import { containerNamed, containerOf } from './sniff-audio.ts'

type Fresh = Omit<RecordingRow, 'oldestKeyVersion'>

/** What came: a new recording, sealed and in its place but in no row yet; or one more copy, told by its hash alone. */
type Came = { row: Fresh; contentHash: Uint8Array } | { row: null; contentHash: Uint8Array }

/**
 * `PUT /api/v1/calls/{id}/recording`. Sealed from the first byte on under a key of its own; no plaintext touches a disk. A call
 * has one recording: the same again changes nothing, another is a conflict.
 */
export const storeRecording = command({
  name: 'recordings.store',
  allow: 'calls.ingest',
  limit: perActor(600, 'minute'),
  audit: oncePerTarget('recording.stored'),
  input: StoreRecording,
  output: StoredRecording,
  before: receive,
  async run({ tx, organisation: org, input, prepared }) {
    const { row, contentHash } = prepared
    if (row) {
      const [mine] = await tx
        .insert(recording)
        .values(row)
        .onConflictDoNothing({ target: [recording.org, recording.callId] })
        .returning()
      if (mine) {
        return recorded(
          { recording: showRecording(mine), is_new: true },
          {
            target: mine.callId,
            isFirst: true,
            facts: { recording: mine.id, bytes: mine.bytes, codec: mine.codec },
            events: [{ type: 'recording.ready', payload: { call_id: mine.callId, recording_id: mine.id } }],
            live: [{ kind: 'call', id: mine.callId }],
          },
        )
      }
      // Somebody else's came first. Ours is in no row, so nothing leads to it.
      await processStorage().delete(objectOf(row))
    }
    const [stored] = await tx.select().from(recording).where(ofCall(org, input.id))
    // The one it was held against is deleted by now, and this copy was not kept.
    if (!stored) {
      throw new AppError('unavailable', 'The recording of this call was deleted just now. Send this one again.', {
        retryAfterSeconds: 1,
      })
    }
    if (!Buffer.from(stored.contentHash).equals(contentHash)) {
      throw new AppError('conflict', 'This call has another recording already. Delete that one first.')
    }
    return recorded({ recording: showRecording(stored), is_new: false }, { target: stored.callId, isFirst: false })
  },
})

const ofCall = (org: OrganisationId, callId: string) => and(eq(recording.org, org), eq(recording.callId, callId))

async function receive({ input, organisation, actor, vault, now }: Context<StoreRecording>): Promise<Came> {
  const said = containerNamed(input.content_type)
  if (!said) throw unsupported('Send audio/wav, audio/mpeg, audio/ogg or audio/webm as Content-Type.')
  const [[found], [known]] = await readAsOrganisation(organisation, (tx) => [
    tx
      .select({ environment: call.environment })
      .from(call)
      .where(and(eq(call.org, organisation), eq(call.id, input.id))),
    tx.select({ id: recording.id }).from(recording).where(ofCall(organisation, input.id)),
  ])
  if (!found || !reaches(actor, found.environment)) throw notFound()

  const { audio, pieces, received } = await incomingAudio(input.body)
  if (audio?.codec === undefined || containerOf(audio.codec) !== said) {
    throw unsupported('The body is not the audio its Content-Type names, or of a kind no browser plays.')
  }
  if (known) {
    for await (const _ of pieces());
    return { row: null, contentHash: await hashOf(organisation, input.id, received().digest) }
  }

  const { codec, rate, channels } = audio
  const facts = { org: organisation, id: newId<'recording'>(), callId: input.id, codec, rate, channels }
  const key = newRecordingKey()
  try {
    const keySealed = vault.sealBytes(sealed.recording.key, facts.id, key)
    await processStorage().put(objectOf(facts), sealStream(key, bindingOf(facts), pieces()))
    const { bytes, durationMs, digest } = received()
    const contentHash = await hashOf(organisation, input.id, digest)
    const length = durationMs ?? input.duration_ms ?? null
    return { row: { ...facts, bytes, durationMs: length, contentHash, keySealed, storedAt: now }, contentHash }
  } finally {
    key.fill(0)
  }
}

/** Keyed, and of this call alone: a dump tells of no two recordings that they are alike. Its keys may have aged meanwhile. */
async function hashOf(organisation: OrganisationId, callId: string, digest: string): Promise<Uint8Array> {
  return (await vaultOf(organisation)).blindHash('recording', `${callId}|${digest}`)
}

const unsupported = (message: string): AppError => new AppError('unsupported_type', message)
