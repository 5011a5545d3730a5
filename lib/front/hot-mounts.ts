/** A door the front answers itself, without Next in between: the same function its route file exports. */
export interface HotMount {
  readonly method: string
  /** As in `/api/v1/calls/:id`. */
  readonly pattern: string
  readonly handler: (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>
}

interface Found {
  readonly kind: 'found'
  readonly pattern: string
  readonly handler: HotMount['handler']
  readonly params: Record<string, string>
}
type Match =
  | Found
  | { readonly kind: 'other-method'; readonly pattern: string; readonly allowed: readonly string[] }
  | undefined

interface Compiled {
  readonly pattern: string
  readonly segments: readonly string[]
  readonly byMethod: Map<string, HotMount['handler']>
}

function paramsOf(segments: readonly string[], path: readonly string[]): Record<string, string> | undefined {
  if (segments.length !== path.length) return undefined
  const params: Record<string, string> = {}
  for (const [at, segment] of segments.entries()) {
    const given = path[at] ?? ''
    if (segment.startsWith(':')) params[segment.slice(1)] = decodeURIComponent(given)
    else if (segment !== given) return undefined
  }
  return params
}

/** Compile the table once. A fixed segment wins over a parameter whatever the order of the table. */
export function hotTable(mounts: readonly HotMount[]): (method: string, path: string) => Match {
  const byPattern = new Map<string, Compiled>()
  for (const { method, pattern, handler } of mounts) {
    const entry = byPattern.get(pattern) ?? { pattern, segments: pattern.split('/'), byMethod: new Map() }
    if (entry.byMethod.has(method)) throw new Error(`Two handlers for ${method} ${pattern}`)
    entry.byMethod.set(method, handler)
    byPattern.set(pattern, entry)
  }
  // ':' must sort after every letter, so that /calls/search is tried before /calls/:id.
  const order = (entry: Compiled): string => entry.pattern.replaceAll(':', '\uffff')
  const table = [...byPattern.values()].toSorted((one, other) => (order(one) < order(other) ? -1 : 1))

  return (method, path) => {
    const given = path.split('/')
    for (const { pattern, segments, byMethod } of table) {
      const params = paramsOf(segments, given)
      if (params === undefined) continue
      const handler = byMethod.get(method) ?? (method === 'HEAD' ? byMethod.get('GET') : undefined)
      if (handler !== undefined) return { kind: 'found', pattern, handler, params }
      return { kind: 'other-method', pattern, allowed: [...byMethod.keys()] }
    }
    return undefined
  }
}
