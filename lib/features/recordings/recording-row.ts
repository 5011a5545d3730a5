import type { recording } from '#drizzle/schema/recording'

import type { ObjectName } from '../../platform/storage/port.ts'
import { asId } from '../../kernel/ids.ts'
import { recordingBinding } from '../../vault/segment-binding.ts'
import type { ShownRecording } from './shapes.ts'
import { contentTypeOf } from './sniff-audio.ts'

export type RecordingRow = typeof recording.$inferSelect

export const objectOf = ({ org, id }: Pick<RecordingRow, 'org' | 'id'>): ObjectName => ({ organisation: asId(org), id })

type Bound = Pick<RecordingRow, 'org' | 'id' | 'codec' | 'rate' | 'channels'>

export const bindingOf = ({ org, id, codec, rate, channels }: Bound): Buffer =>
  recordingBinding({ organisation: asId(org), id, codec, rate, channels })

type Shown = Pick<RecordingRow, 'id' | 'callId' | 'codec' | 'bytes' | 'durationMs' | 'storedAt'>

export function showRecording(row: Shown): ShownRecording {
  return {
    id: row.id,
    call_id: row.callId,
    codec: row.codec,
    content_type: contentTypeOf(row.codec),
    bytes: row.bytes,
    duration_ms: row.durationMs,
    stored_at: row.storedAt.toISOString(),
  }
}
