import 'server-only'

import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type postgres from 'postgres'

import type { OrganisationId } from '../../kernel/ids.ts'
import { DatabaseError, strippedError } from './database-error.ts'
import { onConnection, type Pool, pool } from './pool.ts'

/** A drizzle handle on the one connection of a transaction. */
export type Tx = PostgresJsDatabase

/** A built statement that has not been sent. */
export interface Statement<Row = unknown> {
  execute(): Promise<Row>
}

/**
 * Runs `work` in a transaction as this organisation. `begin` and the setting are queued, not awaited, so the
 * first statement of `work` travels with them. Success means every statement succeeded *and* the tag is COMMIT.
 * @throws DatabaseError with SQLSTATE only; whatever `work` throws, after ROLLBACK
 */
export async function asOrganisation<T>(
  org: OrganisationId,
  work: (tx: Tx) => Promise<T>,
  from: Pool = pool(),
): Promise<T> {
  return onConnection(from, async (connection) => {
    const line = new Line(connection)
    const opening = [line.queue('begin'), line.queue(`select set_config('app.org', $1, true)`, [org])]
    // A refusal of these two surfaces in allSettled below; until then it must not count as unhandled.
    for (const one of opening) one.catch(() => {})
    try {
      const result = await work(handle(line))
      await commit(line, opening)
      return result
    } catch (error) {
      await line.queue('rollback').catch(() => {})
      throw strippedError(error)
    }
  })
}

/**
 * Cheap reads: begin, setting, every statement and commit leave in one burst; one wait for all of them.
 * An error in any leaves neither transaction nor setting behind.
 */
export async function readAsOrganisation<Rows extends readonly unknown[]>(
  org: OrganisationId,
  statements: (tx: Tx) => { [Index in keyof Rows]: Statement<Rows[Index]> },
  from: Pool = pool(),
): Promise<Rows> {
  return onConnection(from, async (connection) => {
    const line = new Line(connection)
    const opening = [line.queue('begin read only'), line.queue(`select set_config('app.org', $1, true)`, [org])]
    const reading: Promise<unknown>[] = statements(handle(line)).map((one) => one.execute())
    const closing = line.queue('commit')
    const settled = await Promise.allSettled([...opening, ...reading, closing])
    for (const one of settled) if (one.status === 'rejected') throw strippedError(one.reason)
    if ((await closing).command !== 'COMMIT') throw new DatabaseError('40000')
    return (await Promise.all(reading)) as unknown as Rows // same statements, same order
  })
}

/** For the look-ups made before an organisation is known: one statement, no setting, so no tenant row is visible. */
export async function lookUp<Row extends object>(text: string, values: unknown[], from: Pool = pool()): Promise<Row[]> {
  try {
    return (await from.sql.unsafe(text, values as never[], { prepare: true })) as unknown as Row[]
  } catch (error) {
    throw strippedError(error)
  }
}

const lines = new WeakMap<Tx, Line>()

/**
 * Sends a fixed text at once on the transaction's connection, where it is prepared the first time. For hot paths whose
 * statement never changes: drizzle would build the same text anew each time.
 */
export async function send<Row extends object>(tx: Tx, text: string, values: readonly unknown[]): Promise<Row[]> {
  const line = lines.get(tx)
  if (!line) throw new Error('this is not a transaction of ours')
  return (await line.queue(text, [...values])) as unknown as Row[] // the text's own columns
}

async function commit(line: Line, opening: Promise<unknown>[]): Promise<void> {
  const closing = line.queue('commit')
  const settled = await Promise.allSettled([...opening, closing])
  for (const one of settled) if (one.status === 'rejected') throw one.reason
  // After an error COMMIT still answers, with tag ROLLBACK.
  if ((await closing).command !== 'COMMIT') throw new DatabaseError('40000')
}

/** The statements of one transaction, leaving in the order they were made even when nobody awaits them. */
class Line {
  readonly #connection: postgres.ReservedSql
  readonly #unsent: (() => unknown)[] = []

  constructor(connection: postgres.ReservedSql) {
    this.#connection = connection
  }

  async queue(text: string, values: unknown[] = []): Promise<postgres.RowList<postgres.Row[]>> {
    for (const send of this.#unsent.splice(0)) send()
    const query = this.#connection.unsafe(text, values as never[], { prepare: true }).execute()
    return query.catch((error: unknown) => {
      throw strippedError(error)
    })
  }

  /** What drizzle calls: sent at once when it asks for `.values()`, else when awaited or overtaken. */
  prepared(text: string, values: unknown[]) {
    const query = this.#connection.unsafe(text, values as never[], { prepare: true })
    let sending: Promise<unknown> | undefined
    const send = (wait: { execute(): PromiseLike<unknown> } = query): Promise<unknown> => {
      sending ??= Promise.resolve(wait.execute()).catch((error: unknown) => {
        throw strippedError(error)
      })
      return sending
    }
    this.#unsent.push(() => send().catch(() => {}))
    // A microtask later it is known whether `.values()` was asked for; until somebody waits, a failure is nobody's.
    const plain = Promise.resolve().then(() => send())
    plain.catch(() => {})
    return Object.assign(plain, { values: () => send(query.values()) })
  }
}

/** drizzle asks a client for `options` (where it sets parsers) and `unsafe`; a reserved connection has only the second. */
function handle(line: Line): Tx {
  const client = {
    options: parserOptions(),
    unsafe: (text: string, values: unknown[]) => line.prepared(text, values),
  }
  const tx = drizzle(client as unknown as postgres.Sql) // only the two members above are ever used
  lines.set(tx, line)
  return tx
}

/** The pool's own options object: drizzle's parsers must land where the connections look them up. */
function parserOptions(): postgres.Sql['options'] {
  return pool().sql.options
}
