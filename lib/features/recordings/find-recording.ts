import { and, eq } from 'drizzle-orm'

import { call } from '#drizzle/schema/call'
import { recording } from '#drizzle/schema/recording'

import { holds, reaches } from '../../guard/allowed.ts'
import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import { showRecording } from './recording-row.ts'
import { FoundRecording, OneRecording } from './shapes.ts'

/** What there is to hear of a call, before anything is heard. */
export const findRecording = query({
  name: 'recordings.find',
  allow: 'calls.view',
  limit: perActor(1_200, 'minute'),
  audit: 'none',
  input: OneRecording,
  output: FoundRecording,
  read: ({ tx, input, organisation }) => [
    tx
      .select({ environment: call.environment })
      .from(call)
      .where(and(eq(call.org, organisation), eq(call.id, input.id))),
    tx
      .select()
      .from(recording)
      .where(and(eq(recording.org, organisation), eq(recording.callId, input.id))),
  ],
  answer({ actor }, [[found], [row]]) {
    if (!found || !reaches(actor, found.environment)) throw notFound()
    return { recording: row ? showRecording(row) : null, may_delete: holds(actor, 'calls.manage') }
  },
})
