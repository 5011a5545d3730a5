import { createHmac } from 'node:crypto'

interface Rule {
  header: string
  algorithm: string
  encoding: 'hex' | 'base64'
  prefix?: string
  payload?: string
  timestampHeader?: string
}

/** What a sender whose user chose these words would put on this body; written apart from the check it is to pass. */
export function signByRule(body: string, secret: string, at: Date, rule: Rule): Record<string, string> {
  const {
    header,
    algorithm,
    encoding,
    prefix = '',
    payload = '{timestamp}.{body}',
    timestampHeader = 'x-timestamp',
  } = rule
  const timestamp = String(at.getTime())
  const text = payload.replaceAll(/\{(body|timestamp)\}/g, (_, name: string) => (name === 'body' ? body : timestamp))
  const digest = createHmac(algorithm, secret).update(text, 'utf8').digest(encoding)
  return { [header]: prefix + digest, [timestampHeader]: timestamp }
}
