/** DER (X.690), writing only: as much of it as a certificate needs. */
export type Der = Buffer

const length = (size: number): Buffer => {
  if (size < 0x80) return Buffer.from([size])
  const digits = Buffer.from(size.toString(16).padStart(size > 0xff ? 4 : 2, '0'), 'hex')
  return Buffer.concat([Buffer.from([0x80 | digits.length]), digits])
}

export function tagged(tag: number, ...parts: Buffer[]): Der {
  const content = Buffer.concat(parts)
  if (content.length > 0xff_ff) throw new RangeError('longer than this writer can say')
  return Buffer.concat([Buffer.from([tag]), length(content.length), content])
}

export const sequence = (...parts: Der[]): Der => tagged(0x30, ...parts)
export const set = (...parts: Der[]): Der => tagged(0x31, ...parts)
export const octets = (content: Buffer): Der => tagged(0x04, content)
export const bits = (content: Buffer, unusedBits = 0): Der => tagged(0x03, Buffer.from([unusedBits]), content)
export const text = (content: string): Der => tagged(0x0c, Buffer.from(content, 'utf8'))
export const yes: Der = tagged(0x01, Buffer.from([0xff]))

/** A positive integer from its big-endian bytes. */
export function integer(bytes: Buffer): Der {
  const start = bytes.findIndex((byte) => byte !== 0)
  const significant = start === -1 ? Buffer.from([0]) : bytes.subarray(start)
  const isNegative = ((significant[0] ?? 0) & 0x80) !== 0
  return tagged(0x02, isNegative ? Buffer.concat([Buffer.from([0]), significant]) : significant)
}

export function objectId(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = rest.flatMap((part) => {
    const groups = [part & 0x7f]
    for (let left = part >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80)
    return groups
  })
  return tagged(0x06, Buffer.from([first * 40 + second, ...bytes]))
}

/** RFC 5280 §4.1.2.5: two-digit years until 2049, four-digit ones after. */
export function time(at: Date): Der {
  const digits = `${at.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`
  return at.getUTCFullYear() < 2050 ? tagged(0x17, Buffer.from(digits.slice(2))) : tagged(0x18, Buffer.from(digits))
}
