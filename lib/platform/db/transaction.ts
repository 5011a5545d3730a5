import 'server-only'

import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type postgres from 'postgres'

import type { OrganisationId } from '../../kernel/ids.ts'
import { DatabaseError, strippedError } from './database-error.ts'
import { acquireTimeoutMs, type Held, onConnection, type Pool, pool } from './pool.ts'

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
  return onConnection(from, async (held) => {
    const line = new Line(held)
    const opening = [line.begin('begin'), line.queue(`select set_config('app.org', $1, true)`, [org])]
    // A refusal of these two surfaces in allSettled below; until then it must not count as unhandled.
    for (const one of opening) one.catch(() => {})
    try {
      const result = await work(handle(line))
      await commit(line, opening)
      return result
    } catch (error) {
      await line.end('rollback').catch(() => {})
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
  return onConnection(from, async (held) => {
    const line = new Line(held)
    const opening = [line.begin('begin read only'), line.queue(`select set_config('app.org', $1, true)`, [org])]
    const reading: Promise<unknown>[] = []
    try {
      for (const one of statements(handle(line))) reading.push(one.execute())
    } catch (error) {
      // Already begun on this connection: whoever has it next must not find it open.
      await Promise.allSettled([...opening, ...reading, line.end('rollback')])
      throw strippedError(error)
    }
    const closing = line.end('commit')
    const settled = await Promise.allSettled([...opening, ...reading, closing])
    for (const one of settled) if (one.status === 'rejected') throw strippedError(one.reason)
    if ((await closing).command !== 'COMMIT') throw new DatabaseError('40000')
    return (await Promise.all(reading)) as unknown as Rows // same statements, same order
  })
}

/** Waiting longer than for a connection is an outage here too. */
async function inTime<T>(asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DatabaseError('53300')), acquireTimeoutMs)
  })
  try {
    return await Promise.race([asked, tooLate])
  } finally {
    clearTimeout(timer)
  }
}

/** For the look-ups made before an organisation is known: one statement, no setting, so no tenant row is visible. */
export async function lookUp<Row extends object>(text: string, values: unknown[], from: Pool = pool()): Promise<Row[]> {
  try {
    return (await inTime(from.sql.unsafe(text, values as never[], { prepare: true }))) as unknown as Row[]
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
  const closing = line.end('commit')
  const settled = await Promise.allSettled([...opening, closing])
  for (const one of settled) if (one.status === 'rejected') throw one.reason
  // After an error COMMIT still answers, with tag ROLLBACK.
  if ((await closing).command !== 'COMMIT') throw new DatabaseError('40000')
}

/** The statements of one transaction, leaving in the order they were made even when nobody awaits them. */
class Line {
  readonly #held: Held
  readonly #unsent: (() => void)[] = []
  readonly #loss = Promise.withResolvers<never>()
  #isOver = false

  constructor(held: Held) {
    this.#held = held
    this.#loss.promise.catch(() => {})
  }

  /**
   * The first statement. It also asks to be told when the connection closes, as the driver's own transactions do: it leaves
   * what waits on a closed reserved connection unanswered, and a write to one ends the process.
   */
  begin(text: 'begin' | 'begin read only'): Promise<Rows> {
    const onclose = (): void => {
      this.#held.isLost = true
      this.#loss.reject(new DatabaseError('08006'))
    }
    const onexecute = (connection: object): boolean => Boolean(Object.assign(connection, { onclose }))
    const options: postgres.UnsafeQueryOptions = { prepare: true }
    return this.#answer(this.#held.sql.unsafe(text, [], Object.assign(options, { onexecute })).execute())
  }

  async queue(text: string, values: unknown[] = []): Promise<Rows> {
    this.#refuseWhenOver()
    this.#sendMade()
    return this.#answer(this.#held.sql.unsafe(text, values as never[], { prepare: true }).execute())
  }

  /** The last statement. One that comes later would run on a connection that may already be somebody else's. */
  end(text: 'commit' | 'rollback'): Promise<Rows> {
    const ending = this.queue(text)
    this.#isOver = true
    return ending
  }

  /** What drizzle calls: sent when it asks for `.values()`, when awaited or when overtaken, never before what was made earlier. */
  prepared(text: string, values: unknown[]) {
    this.#refuseWhenOver()
    const query = this.#held.sql.unsafe(text, values as never[], { prepare: true })
    let wanted: { execute(): PromiseLike<unknown> } = query
    let sending: Promise<unknown> | undefined
    const send = (): Promise<unknown> =>
      (sending ??= this.#isOver || this.#held.isLost ? Promise.reject(over()) : this.#answer(wanted.execute()))
    this.#unsent.push(() => {
      send().catch(() => {})
    })
    const sendInTurn = (): Promise<unknown> => {
      this.#sendMade()
      return send()
    }
    return {
      values: () => {
        wanted = query.values()
        return sendInTurn()
      },
      // oxlint-disable-next-line unicorn/no-thenable -- drizzle awaits what `unsafe` gives it
      then: <A, B>(ok: (rows: unknown) => A, no: (error: unknown) => B) => sendInTurn().then(ok, no),
    }
  }

  #sendMade(): void {
    for (const send of this.#unsent.splice(0)) send()
  }

  async #answer<T>(query: PromiseLike<T>): Promise<T> {
    try {
      return await Promise.race([query, this.#loss.promise])
    } catch (error) {
      throw strippedError(error)
    }
  }

  #refuseWhenOver(): void {
    if (this.#held.isLost) throw new DatabaseError('08006')
    if (this.#isOver) throw over()
  }
}

type Rows = postgres.RowList<postgres.Row[]>

const over = (): Error => new Error('this transaction is over')

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
