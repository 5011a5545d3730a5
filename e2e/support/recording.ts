import { wavFile } from '../../lib/testing/audio.ts'
import { type Answer, ask } from './send.ts'

/** Uploads a recording as a voice engine does. */
export function putRecording(
  key: string,
  call: string,
  file: Buffer = wavFile({ seconds: 30 }),
  type = 'audio/wav',
): Promise<Answer> {
  return ask(key, 'PUT', `/api/v1/calls/${call}/recording`, file, { 'Content-Type': type })
}
