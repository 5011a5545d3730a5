import 'server-only'

import { getTableColumns, type Table } from 'drizzle-orm'

import { pool } from './pool.ts'

type Key<T extends Table> = keyof T['$inferInsert'] & string

/** A fixed list of a table's columns for an INSERT whose text never changes. */
export interface FixedColumns<T extends Table> {
  /** `"org", "id", …` */
  readonly names: string
  /** `$3::uuid, $4::uuid, …`, numbered from `first`. */
  placeholders(first: number): string
  values(row: Partial<T['$inferInsert']>): unknown[]
}

/** Types whose values, null included, must be sent as themselves: each pattern of untyped nulls would be another prepared statement. */
const oids: Readonly<Record<string, number>> = { bytea: 17, sealed: 17, boolean: 16 }

/** The columns by their drizzle keys, with drizzle's own names, types and encoders. */
export function fixedColumns<T extends Table>(table: T, keys: readonly Key<T>[]): FixedColumns<T> {
  const all = getTableColumns(table)
  const columns = keys.map((key) => {
    const column = all[key]
    if (!column) throw new Error(`there is no column ${key}`)
    return { key, column, oid: oids[column.getSQLType()] }
  })
  return {
    names: columns.map(({ column }) => `"${column.name}"`).join(', '),
    placeholders: (first) => columns.map(({ column }, at) => `$${first + at}::${column.getSQLType()}`).join(', '),
    values: (row) => {
      const { typed } = pool().sql
      return columns.map(({ key, column, oid }) => {
        const value: unknown = row[key] ?? null
        const encoded: unknown = value === null ? null : column.mapToDriverValue(value)
        return oid === undefined ? encoded : typed(encoded as Uint8Array, oid) // what this column's own encoder made
      })
    },
  }
}
