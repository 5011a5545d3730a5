/**
 * Whether this rejection is the driver's own: it asks each new connection for its array types and awaits the answer nowhere, so
 * a connection lost just then rejects where nobody can listen. Whoever waited for the connection is told by the pool.
 */
export function isLostTypeQuery(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('query' in error) || !('code' in error)) return false
  return (
    String(error.query).includes('from pg_catalog.pg_type') &&
    /^(E[A-Z]+|CONNECTION_[A-Z]+|57P\d\d)$/.test(String(error.code))
  )
}
