import { customType, timestamp } from 'drizzle-orm/pg-core'

/** DF1-sealed bytes (domain `sealed`): the database refuses anything else. */
export const sealed = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'sealed' })

/** Plain bytes: hashes, tokens, wrapped keys. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

/** Milliseconds, so that a cursor made from it in JavaScript compares exactly. */
export const moment = (name: string) => timestamp(name, { precision: 3, withTimezone: true, mode: 'date' })
