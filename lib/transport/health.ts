import 'server-only'

import { lookUp } from '../platform/db/transaction.ts'

const say = (status: number): Response =>
  new Response(status === 200 ? 'ok\n' : 'not ready\n', {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  })

/** This process answers. Tells a stranger nothing else. */
export function answerLive(): Response {
  return say(200)
}

/** The database answers too. */
export async function answerReady(): Promise<Response> {
  try {
    await lookUp('select 1 as one', [])
    return say(200)
  } catch {
    return say(503)
  }
}
