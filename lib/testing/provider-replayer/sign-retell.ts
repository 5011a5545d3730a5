import { createHmac } from 'node:crypto'

/** The header Retell would send with this body at this moment. For replaying; tests of our check sign with Retell's own SDK. */
export function signRetell(body: string, secret: string, at: Date): Record<string, string> {
  const ms = at.getTime()
  const digest = createHmac('sha256', secret).update(body, 'utf8').update(String(ms)).digest('hex')
  return { 'x-retell-signature': `v=${ms},d=${digest}` }
}
