import { Retell } from 'retell-sdk'

import type { Organisation } from './organisation.ts'
import { type Answer, send } from './send.ts'

/** What the provider itself would put on this body; made by its own library, not by ours. */
export async function signed(body: string, secret: string): Promise<Record<string, string>> {
  return { 'Content-Type': 'application/json', 'x-retell-signature': await Retell.sign(body, secret) }
}

/** Delivers an event over TLS, signed with the organisation's secret. */
export async function deliver({ provider }: Pick<Organisation, 'provider'>, event: object | string): Promise<Answer> {
  const body = typeof event === 'string' ? event : JSON.stringify(event)
  return send({ method: 'POST', path: provider.path, headers: await signed(body, provider.secret), body })
}
