import { and, eq } from 'drizzle-orm'

import { recording } from '#drizzle/schema/recording'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import { DeletedRecording, OneRecording } from './shapes.ts'

/**
 * With the row goes the only stored copy of its key, so the sealed bytes are noise from the commit on; the worker sweeps them up.
 * A playback that had begun ends within a second.
 */
export const deleteRecording = command({
  name: 'recordings.delete',
  allow: 'calls.manage',
  limit: perActor(120, 'minute'),
  audit: 'recording.deleted',
  input: OneRecording,
  output: DeletedRecording,
  async run({ input, tx, organisation: org }) {
    const [gone] = await tx
      .delete(recording)
      .where(and(eq(recording.org, org), eq(recording.callId, input.id)))
      .returning({ id: recording.id, bytes: recording.bytes, callId: recording.callId })
    if (!gone) throw notFound()
    return recorded(
      { call_id: gone.callId },
      {
        target: gone.callId,
        facts: { recording: gone.id, bytes: gone.bytes },
        live: [{ kind: 'call', id: gone.callId }],
      },
    )
  },
})
