declare const brand: unique symbol

/** A UUIDv7 that names one kind of thing. Made by the app before INSERT, because sealed columns are bound to their row id. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind }

export type OrganisationId = Id<'organisation'>
export type PersonId = Id<'person'>
export type MemberId = Id<'member'>

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Trust a string to be an id of this kind: for ids read from our own database or already matched by `isUuid`. */
export function asId<Kind extends string>(value: string): Id<Kind> {
  return value as Id<Kind>
}

export function isUuid(value: string): boolean {
  return UUID.test(value)
}

/** UUIDv7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then 74 random bits. */
export function newId<Kind extends string>(now: number = Date.now()): Id<Kind> {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  new DataView(bytes.buffer).setUint32(0, Math.floor(now / 0x10000))
  new DataView(bytes.buffer).setUint16(4, now % 0x10000)
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return asId(`${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`)
}
