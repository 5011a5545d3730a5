import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'

export type TwilioForm = Record<string, string | string[]>

/** A form as it goes over the wire. */
export function formOf(form: TwilioForm): string {
  return new URLSearchParams(
    Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
  ).toString()
}

/** What Twilio itself would put on this form; made by its own library, not by ours. */
export function signTwilio(form: TwilioForm, secret: string, url: string): Record<string, string> {
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': getExpectedTwilioSignature(secret, url, form),
  }
}
