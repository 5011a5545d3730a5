import 'server-only'

import { GET as getRecording } from '../../../app/api/app/o/[org]/calls/[call]/recording/route.ts'
import { POST as postHook } from '../../../app/api/hooks/[kind]/[token]/route.ts'
import { POST as lookUpCaller } from '../../../app/api/v1/callers/lookup/route.ts'
import { POST as postEvent } from '../../../app/api/v1/calls/[id]/events/route.ts'
import { PUT as putRecording } from '../../../app/api/v1/calls/[id]/recording/route.ts'
import { GET as getCall } from '../../../app/api/v1/calls/[id]/route.ts'
import { GET as getTranscript } from '../../../app/api/v1/calls/[id]/transcript/route.ts'
import { GET as getCalls, POST as postCall } from '../../../app/api/v1/calls/route.ts'
import { mostBytes } from '../../features/recordings/shapes.ts'
import type { HotMount } from '../../front/hot-mounts.ts'

/**
 * Machines' doors, mounted before Next: the same function either way, at three times the rate. And the one that gives parts of
 * an answer, of which Next keeps neither the length nor the question.
 */
export const hotDoors: readonly HotMount[] = [
  { method: 'GET', pattern: '/api/v1/calls', handler: getCalls },
  { method: 'POST', pattern: '/api/v1/calls', handler: postCall },
  { method: 'GET', pattern: '/api/v1/calls/:id', handler: getCall },
  { method: 'POST', pattern: '/api/v1/calls/:id/events', handler: postEvent },
  { method: 'PUT', pattern: '/api/v1/calls/:id/recording', handler: putRecording },
  { method: 'GET', pattern: '/api/v1/calls/:id/transcript', handler: getTranscript },
  { method: 'POST', pattern: '/api/v1/callers/lookup', handler: lookUpCaller },
  { method: 'GET', pattern: '/api/app/o/:org/calls/:call/recording', handler: getRecording },
  { method: 'POST', pattern: '/api/hooks/:kind/:token', handler: postHook },
]

/** Doors that take files, or whole calls with a time for every word. */
export const bodyLimits: Readonly<Record<string, number>> = {
  '/api/v1/calls/:id/recording': mostBytes,
  // The door says itself what is too large, and tells whoever set the address up.
  '/api/hooks/:kind/:token': Number.POSITIVE_INFINITY,
}
