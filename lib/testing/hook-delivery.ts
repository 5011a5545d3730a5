import { randomBytes, randomUUID } from 'node:crypto'

import { Retell } from 'retell-sdk'

import { POST as hook } from '../../app/api/hooks/[kind]/[token]/route.ts'
import { formOf, signTwilio, type TwilioForm } from './provider-replayer/sign-twilio.ts'

/** Where the address of a hook lies while no other origin is set. */
const origin = 'https://localhost:8443'

/** Hands a request to the hook door as the front would, each from an address of its own. */
export function deliver(path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  const [kind = '', token = ''] = path.replace(/\?.*$/, '').split('/').slice(-2)
  const given = new Headers({ 'x-orinode-address': `10.${[...randomBytes(3)].join('.')}`, ...headers })
  // A streamed body must say so.
  const streamed = body instanceof ReadableStream ? { duplex: 'half' } : {}
  return hook(new Request(origin + path, { method: 'POST', body, headers: given, ...streamed }), {
    params: Promise.resolve({ kind, token }),
  })
}

export const formType = { 'content-type': 'application/x-www-form-urlencoded' }

/** Delivers a form signed by Twilio's own library. */
export function deliverTwilio(
  { path, secret }: { path: string; secret: string },
  form: TwilioForm,
  { url = origin + path, headers = {} }: { url?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  return deliver(path, formOf(form), { ...signTwilio(form, secret, url), ...headers })
}

/** A moment in the form Twilio writes it. */
export const twilioTime = (at = new Date()): string => at.toUTCString().replace('GMT', '+0000')

/** Signed by Retell's own library, of a kind nobody knows yet: taken and not stored, for tests of the address and its secret. */
export async function knock(path: string, secret: string): Promise<Response> {
  const body = JSON.stringify({ event: 'agent_smiled', call: { call_id: randomUUID() } })
  const signature = await Retell.sign(body, secret)
  return deliver(path, body, { 'content-type': 'application/json', 'x-retell-signature': signature })
}
