import { verifyHmac } from './hmac-rule.ts'
import { isSameSecret } from './matching.ts'
import type { Authenticity, ProviderSettings, SignedRequest, Verdict } from './port.ts'
import { vapiSettings } from './vapi-settings.ts'

const BEARER = /^bearer +/i

export function vapiAuthenticity(settings: ProviderSettings): Authenticity {
  return vapiSettings(settings)?.mode === 'hmac' ? 'signed' : 'shared_secret'
}

export function verifyVapi(request: SignedRequest): Verdict {
  const rule = vapiSettings(request.settings)
  if (!rule) return { ok: false, reason: 'mismatch' }
  if (rule.mode === 'hmac') return verifyHmac(request, rule)
  const header = request.headers.get(rule.mode === 'bearer' ? rule.header : 'x-vapi-secret')
  if (header === null || header === '') return { ok: false, reason: 'missing' }
  const hasPrefix = rule.mode === 'bearer' && rule.has_prefix
  if (hasPrefix && !BEARER.test(header)) return { ok: false, reason: 'malformed' }
  const given = hasPrefix ? header.replace(BEARER, '') : header
  return isSameSecret(given, request.secret) ? { ok: true } : { ok: false, reason: 'mismatch' }
}
