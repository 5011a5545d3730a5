import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type postgres from 'postgres'

import { numbersIn, numbersInBytes, type PlantedNumber } from './number-search.ts'
import { app } from './running-app.ts'

export interface Found {
  place: string
  /** The number or the words found there. */
  what: string
}

const bytea = /\\\\?x((?:[0-9a-f]{2})+)/g

interface Search<Hit> {
  text: (text: string) => readonly Hit[]
  bytes: (bytes: Buffer) => readonly Hit[]
}

const forNumbers = (numbers: readonly PlantedNumber[]): Search<string> => ({
  text: (text) => numbersIn(text, numbers).map(({ e164 }) => e164),
  bytes: (bytes) => numbersInBytes(bytes, numbers).map(({ e164 }) => e164),
})

const forWords = (words: readonly string[]): Search<string> => ({
  text: (text) => words.filter((word) => text.includes(word)),
  bytes: (bytes) => words.filter((word) => bytes.includes(word)),
})

export const numbersInDatabase = (sql: postgres.Sql, numbers: readonly PlantedNumber[]): Promise<Found[]> =>
  inDatabase(sql, forNumbers(numbers))
export const numbersInFiles = (sql: postgres.Sql, numbers: readonly PlantedNumber[]): Promise<Found[]> =>
  inFiles(sql, forNumbers(numbers))
export const wordsInDatabase = (sql: postgres.Sql, words: readonly string[]): Promise<Found[]> =>
  inDatabase(sql, forWords(words))
export const wordsInFiles = (sql: postgres.Sql, words: readonly string[]): Promise<Found[]> =>
  inFiles(sql, forWords(words))

/** Every column of every table as text, bytes decoded; and what the server remembers of queries. */
async function inDatabase(sql: postgres.Sql, search: Search<string>): Promise<Found[]> {
  const tables = await sql`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm', 'S') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`
  const found: Found[] = []
  let rowCount = 0
  for (const { schema, name } of tables) {
    const rows = await sql`select t::text as row from ${sql(String(schema))}.${sql(String(name))} t`
    rowCount += rows.length
    found.push(
      ...searched(
        `${String(schema)}.${String(name)}`,
        rows.map(({ row }) => String(row)),
        search,
      ),
    )
  }
  const remembered = await sql`
    select coalesce(query, '') as row from pg_stat_activity where pid <> pg_backend_pid()
    union all select coalesce(most_common_vals::text, '') || coalesce(histogram_bounds::text, '') from pg_stats where schemaname = 'public'`
  found.push(
    ...searched(
      'what the server remembers',
      remembered.map(({ row }) => String(row)),
      search,
    ),
  )
  if (tables.length < 10 || rowCount < 10) throw new Error('the dump is too small to be one')
  return found
}

function searched(place: string, rows: string[], search: Search<string>): Found[] {
  const found = new Set<string>()
  for (const row of rows) {
    for (const [, hex = ''] of row.matchAll(bytea))
      for (const hit of search.bytes(Buffer.from(hex, 'hex'))) found.add(hit)
    for (const hit of search.text(row.replace(bytea, ' bytes '))) found.add(hit)
  }
  return [...found].map((what) => ({ place, what }))
}

/** Every file of the app's home, the database's own included, byte by byte, after a checkpoint. */
async function inFiles(sql: postgres.Sql, search: Search<string>): Promise<Found[]> {
  await sql`checkpoint`
  const files = readdirSync(app.home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const found: Found[] = []
  let read = 0
  for (const { parentPath, name } of files) {
    const bytes = contentOf(join(parentPath, name))
    read += bytes.length
    for (const what of search.bytes(bytes)) found.push({ place: name, what })
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
