import { isIP } from 'node:net'

/** An address in its plain form: no port, no brackets, no IPv4 dressed as IPv6. Undefined when it is none. */
export function plainAddress(written: string): string | undefined {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(written.trim())?.[1] ?? written.trim().replace(/^([\d.]+):\d+$/, '$1')
  const address = bare.replace(/^::ffff:(?=[\d.]+$)/i, '')
  return isIP(address) === 0 ? undefined : address
}

/**
 * Who is asking. Each trusted proxy appends the address it saw, so with n of them the n-th entry from the right is the
 * last one a stranger could not write. Without a usable entry it is whoever opened the socket.
 */
export function clientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  trustedHops: number,
): string {
  const socket = plainAddress(socketAddress ?? '') ?? 'unknown'
  if (trustedHops === 0 || forwardedFor === undefined) return socket
  const entry = forwardedFor.split(',').at(-trustedHops)
  return (entry === undefined ? undefined : plainAddress(entry)) ?? socket
}
