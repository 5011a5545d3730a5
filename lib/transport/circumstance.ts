import 'server-only'

import type { Circumstance } from '../kernel/actor.ts'
import { isUuid, newId } from '../kernel/ids.ts'

interface HeaderReader {
  get(name: string): string | null
}

/** What the front server wrote about a request. A client cannot: the front strips these names first. */
export function circumstanceOf(headers: HeaderReader): Circumstance {
  const given = headers.get('x-request-id')
  return {
    requestId: given !== null && isUuid(given) ? given : newId<'request'>(),
    address: headers.get('x-orinode-address') ?? 'unknown',
    userAgent: headers.get('user-agent') ?? '',
  }
}
