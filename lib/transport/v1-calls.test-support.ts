import { randomBytes } from 'node:crypto'

import { GET as listCalls, POST as ingestCall } from '../../app/api/v1/calls/route.ts'

export const home = 'https://localhost:8443/api/v1/calls'
export const noParams = { params: Promise.resolve({}) }

export interface Asked {
  headers?: Record<string, string>
  key?: string | null
}

/** Asks the door of all calls with a key, or with none; `ownKey` says whose where a test names none. */
export function callsDoor(ownKey: () => string) {
  const headersOf = ({ headers = {}, key = ownKey() }: Asked = {}): Headers =>
    new Headers({
      // Wrong keys are counted by where they come from.
      'x-orinode-address': `10.${[...randomBytes(3)].join('.')}`,
      ...(key === null ? {} : { 'x-api-key': key }),
      ...headers,
    })
  const get = (query = '', asked?: Asked): Promise<Response> =>
    listCalls(new Request(home + query, { headers: headersOf(asked) }), noParams)
  const postRaw = (raw: BodyInit | null, asked?: Asked, query = ''): Promise<Response> => {
    const headers = headersOf(asked)
    if (!headers.has('content-type')) headers.set('content-type', 'application/json')
    const streamed = raw instanceof ReadableStream ? { duplex: 'half' } : {}
    return ingestCall(new Request(home + query, { method: 'POST', body: raw, headers, ...streamed }), noParams)
  }
  const post = (sent: unknown, asked?: Asked, query?: string) => postRaw(JSON.stringify(sent), asked, query)
  return { headersOf, get, post, postRaw }
}
