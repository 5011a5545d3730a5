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

/** UUIDv7 (RFC 9562 §5.7): 48 bits of Unix milliseconds over the first of a v4, whose other 74 bits are random already. */
export function newId<Kind extends string>(now: number = Date.now()): Id<Kind> {
  const time = now.toString(16).padStart(12, '0')
  return asId(`${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`)
}
