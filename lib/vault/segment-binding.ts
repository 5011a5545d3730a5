import { randomBytes } from 'node:crypto'

import type { OrganisationId } from '../kernel/ids.ts'
import { lp, lpText, lpUuid, u32 } from './length-prefix.ts'

/** What a sealed recording is bound to; under other facts its header does not verify. */
export interface RecordingFacts {
  readonly organisation: OrganisationId
  readonly id: string
  readonly codec: string
  /** Samples a second, and channels; 0 where the file does not say. */
  readonly rate: number
  readonly channels: number
}

/** lp(organisation) ‖ lp("recording") ‖ lp(id) ‖ lp(codec) ‖ lp(u32 rate) ‖ lp(u32 channels). Permanent, as labels are. */
export function recordingBinding({ organisation, id, codec, rate, channels }: RecordingFacts): Buffer {
  return Buffer.concat([
    lpUuid(organisation),
    lpText('recording'),
    lpUuid(id),
    lpText(codec),
    lp(u32(rate)),
    lp(u32(channels)),
  ])
}

/** A key of its own for each recording; stored sealed as a field, and wiped by whoever asked for it. */
export const newRecordingKey = (): Buffer => randomBytes(32)
