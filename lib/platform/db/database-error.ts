import { DrizzleQueryError } from 'drizzle-orm'

/**
 * What a failed statement may tell: SQLSTATE, constraint and table. Never the message or the
 * parameters, which carry values.
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly sqlstate: string
  readonly constraint: string | undefined
  readonly table: string | undefined

  constructor(sqlstate: string, constraint?: string, table?: string) {
    super(`database: ${sqlstate}${constraint ? ` ${constraint}` : ''}`)
    this.sqlstate = sqlstate
    this.constraint = constraint
    this.table = table
  }
}

/** A driver's or query builder's error, stripped to what it may tell; any other error as it came. */
export function strippedError(error: unknown): unknown {
  const root = rootOf(error)
  if (root instanceof DatabaseError) return root
  if (!(root instanceof Error) || !('code' in root) || typeof root.code !== 'string') return root
  const text = (key: string): string | undefined => {
    const value: unknown = Reflect.get(root, key)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  if (root.name === 'PostgresError') return new DatabaseError(root.code, text('constraint_name'), text('table_name'))
  return /^(E[A-Z]+|CONN[A-Z_]+)$/.test(root.code) ? new DatabaseError(root.code) : root
}

/** drizzle puts the parameters in its own error's message; only the cause is of use. */
function rootOf(error: unknown): unknown {
  let current = error
  while (current instanceof DrizzleQueryError) current = current.cause
  return current
}

/** The database cannot be reached or will not take us now: the stranger is told to try again. */
export function isUnavailable(error: unknown): boolean {
  const stripped = strippedError(error)
  if (!(stripped instanceof DatabaseError)) return false
  return /^(08|53|57|40P01|40001|55P03|25P03)/.test(stripped.sqlstate) || !isSqlstate(stripped.sqlstate)
}

/** Five characters with a digit among them, unlike EPIPE. */
const isSqlstate = (code: string): boolean => /^(?=\D*\d)[0-9A-Z]{5}$/.test(code)
