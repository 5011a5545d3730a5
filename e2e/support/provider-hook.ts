import { Retell } from 'retell-sdk'

import { formOf, signTwilio, type TwilioForm } from '../../lib/testing/provider-replayer/sign-twilio.ts'
import type { Organisation } from './organisation.ts'
import { app } from './running-app.ts'
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

export const formType = { 'Content-Type': 'application/x-www-form-urlencoded' }

/** Delivers a form signed by Twilio's own library for the address the organisation was given. */
export async function deliverTwilio({ twilio }: Pick<Organisation, 'twilio'>, form: TwilioForm): Promise<Answer> {
  const headers = signTwilio(form, twilio.secret, app.origin + twilio.path)
  return send({ method: 'POST', path: twilio.path, headers, body: formOf(form) })
}

/** Delivers a form as Africa's Talking does: nothing signs it. */
export async function deliverAfricasTalking(
  { africasTalking }: Pick<Organisation, 'africasTalking'>,
  form: TwilioForm,
): Promise<Answer> {
  return send({ method: 'POST', path: africasTalking.path, headers: formType, body: formOf(form) })
}
