import 'server-only'

import { POST as postHook } from '../../../app/api/hooks/[kind]/[token]/route.ts'
import { POST as lookUpCaller } from '../../../app/api/v1/callers/lookup/route.ts'
import { POST as postEvent } from '../../../app/api/v1/calls/[id]/events/route.ts'
import { GET as getCall } from '../../../app/api/v1/calls/[id]/route.ts'
import { GET as getTranscript } from '../../../app/api/v1/calls/[id]/transcript/route.ts'
import { GET as getCalls, POST as postCall } from '../../../app/api/v1/calls/route.ts'
import type { HotMount } from '../../front/hot-mounts.ts'

/** Machines' doors, mounted before Next: the same function either way, at three times the rate. */
export const hotDoors: readonly HotMount[] = [
  { method: 'GET', pattern: '/api/v1/calls', handler: getCalls },
  { method: 'POST', pattern: '/api/v1/calls', handler: postCall },
  { method: 'GET', pattern: '/api/v1/calls/:id', handler: getCall },
  { method: 'POST', pattern: '/api/v1/calls/:id/events', handler: postEvent },
  { method: 'GET', pattern: '/api/v1/calls/:id/transcript', handler: getTranscript },
  { method: 'POST', pattern: '/api/v1/callers/lookup', handler: lookUpCaller },
  { method: 'POST', pattern: '/api/hooks/:kind/:token', handler: postHook },
]
