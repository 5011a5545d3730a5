/** The headers every answer carries, as the public page promises them. */
export const promised: Record<string, string> = {
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  server: 'Orinode',
}

const namesTheStack = /\b(?:next|react|node|express|vercel|turbopack|postgres|powered|webpack)/i
const allowedNames = new Set([
  ...Object.keys(promised),
  'content-security-policy',
  'content-type',
  'content-length',
  'cache-control',
  'connection',
  'date',
  'keep-alive',
  'x-request-id',
  'transfer-encoding',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'set-cookie',
  'location',
  'allow',
  'retry-after',
  'etag',
  'last-modified',
  'accept-ranges',
  'vary',
  'refresh',
  'clear-site-data',
  'x-accel-buffering',
  'content-encoding',
  'x-action-redirect',
  'x-action-revalidated',
  'content-range',
  'content-disposition',
])

/** What is wrong with the head of an answer. One assertion at the end of many answers, since each of them costs time. */
export function faults(rawHeaders: string[]): string[] {
  const pairs = rawHeaders.flatMap((name, at) =>
    at % 2 === 0 ? [[name.toLowerCase(), rawHeaders[at + 1] ?? ''] as const] : [],
  )
  const said = (wanted: string): string[] => pairs.filter(([name]) => name === wanted).map(([, value]) => value)
  const wrong: string[] = []
  for (const [name, value] of Object.entries(promised))
    if (said(name).join(' | ') !== value) wrong.push(`${name}: ${said(name).join(' | ')}`)
  const [policy = '', ...others] = said('content-security-policy')
  const isStrict = [/default-src 'none'/, /frame-ancestors 'none'/, /base-uri 'none'/].every((part) =>
    part.test(policy),
  )
  if (!isStrict || /unsafe-|\*|http:/.test(policy) || others.length > 0) wrong.push(`policy: ${policy}`)
  if (said('x-request-id').length !== 1) wrong.push('x-request-id')
  for (const [name, value] of pairs) {
    if (!allowedNames.has(name)) wrong.push(`unknown ${name}`)
    if (
      !['content-security-policy', 'location', 'set-cookie', 'etag', 'x-request-id'].includes(name) &&
      namesTheStack.test(`${name}: ${value}`)
    )
      wrong.push(`names the stack: ${name}: ${value}`)
    if (name === 'set-cookie' && !isHostCookie(value)) wrong.push(`cookie ${value.split('=')[0]}`)
  }
  return wrong
}

function isHostCookie(line: string): boolean {
  const wanted = [/^__Host-/, /;\s*Secure/i, /;\s*HttpOnly/i, /;\s*SameSite=(?:Lax|Strict)/i, /;\s*Path=\/(?:;|$)/i]
  return wanted.every((part) => part.test(line)) && !/;\s*Domain=/i.test(line)
}
