import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type postgres from 'postgres'

import { numbersIn, numbersInBytes, type PlantedNumber } from './number-search.ts'
import { app } from './running-app.ts'

export interface Found {
  place: string
  number: string
}

const bytea = /\\\\?x((?:[0-9a-f]{2})+)/g

/** Every column of every table as text, bytes decoded; and what the server remembers of queries. */
export async function numbersInDatabase(sql: postgres.Sql, numbers: readonly PlantedNumber[]): Promise<Found[]> {
  const tables = await sql`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm', 'S') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`
  const found: Found[] = []
  let rowCount = 0
  for (const { schema, name } of tables) {
    const rows = await sql`select t::text as row from ${sql(String(schema))}.${sql(String(name))} t`
    rowCount += rows.length
    found.push(...searched(`${String(schema)}.${String(name)}`, rows.map(({ row }) => String(row)), numbers))
  }
  const remembered = await sql`select coalesce(query, '') as row from pg_stat_activity union all select coalesce(most_common_vals::text, '') || coalesce(histogram_bounds::text, '') from pg_stats where schemaname = 'public'`
  found.push(...searched('what the server remembers', remembered.map(({ row }) => String(row)), numbers))
  if (tables.length < 10 || rowCount < 10) throw new Error('the dump is too small to be one')
  return found
}

function searched(place: string, rows: string[], numbers: readonly PlantedNumber[]): Found[] {
  const found = new Set<string>()
  for (const row of rows) {
    for (const [, hex = ''] of row.matchAll(bytea)) {
      for (const { e164 } of numbersInBytes(Buffer.from(hex, 'hex'), numbers)) found.add(e164)
    }
    for (const { e164 } of numbersIn(row.replace(bytea, ' bytes '), numbers)) found.add(e164)
  }
  return [...found].map((number) => ({ place, number }))
}

/** Every file of the app's home, the database's own included, byte by byte. Checkpoint first. */
export async function numbersInFiles(sql: postgres.Sql, numbers: readonly PlantedNumber[]): Promise<Found[]> {
  await sql`checkpoint`
  const files = readdirSync(app.home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const found: Found[] = []
  let read = 0
  for (const { parentPath, name } of files) {
    const bytes = contentOf(join(parentPath, name))
    read += bytes.length
    // One after another: a file of the database is up to 16 MB.
    for (const { e164 } of numbersInBytes(bytes, numbers)) found.push({ place: name, number: e164 })
  }
  if (read < 10_000_000) throw new Error('the files are too few to hold a database')
  return found
}

/** A running database removes files under the reader. */
function contentOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}
