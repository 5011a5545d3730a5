import { KmsError } from './port.ts'

const ARN = /^arn:aws(?:-[a-z]+)*:kms:([a-z0-9-]+):\d{12}:key\/([A-Za-z0-9-]+)$/
const BARE = /^[A-Za-z0-9-]+$/

/**
 * Refuses a key we could not promise stays in the region: another region's ARN, a multi-region key
 * (AWS names those `mrk-…`) and aliases, which can be pointed elsewhere after we looked.
 */
export function assertKeyInRegion(key: string, region: string): void {
  const arn = ARN.exec(key)
  const id = arn ? arn[2] : BARE.test(key) ? key : undefined
  if (id === undefined) throw new KmsError('bad_request', 'NotAKeyArn')
  if (arn && arn[1] !== region) throw new KmsError('wrong_region', 'KeyOfAnotherRegion')
  if (id.toLowerCase().startsWith('mrk-')) throw new KmsError('wrong_region', 'MultiRegionKey')
}

/** Runs on every request the SDK is about to send, because endpoint settings come from many places. */
export function assertHostInRegion(request: unknown, region: string, mayBeLoopback: boolean): void {
  const host = partOf(request, 'hostname').toLowerCase()
  if (mayBeLoopback && isLoopback(host)) return
  const inside = [`.${region}.amazonaws.com`, `.${region}.vpce.amazonaws.com`, `.${region}.api.aws`]
  if (!inside.some((end) => host.endsWith(end))) throw new KmsError('wrong_region', 'HostOfAnotherRegion')
  if (partOf(request, 'protocol') !== 'https:') throw new KmsError('wrong_region', 'NotHttps')
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

function partOf(request: unknown, name: 'hostname' | 'protocol'): string {
  if (typeof request !== 'object' || request === null) return ''
  const value: unknown = Reflect.get(request, name)
  return typeof value === 'string' ? value : ''
}
