import { type Door, doors } from './doors.ts'
import type { Organisation } from './organisation.ts'

export interface Inside {
  organisation: Organisation
  /** A call of it. */
  call: string
}

/** A door's pattern with an organisation's own ids in it. Throws for a parameter nobody here knows. */
export function pathOf(pattern: string, { organisation, call }: Inside): string {
  const [, , , kind = '', token = ''] = organisation.provider.path.split('/')
  const known: Record<string, string> = { org: organisation.slug, call, id: call, kind, token }
  return pattern.replace(/\[(\w+)\]/g, (_, name: string) => {
    const value = known[name]
    if (value === undefined) throw new Error(`say here what [${name}] of ${pattern} is`)
    return value
  })
}

/** Doors of the operators' console are reached by another path and refuse everybody. */
export const isConsole = ({ pattern }: Pick<Door, 'pattern'>): boolean => pattern === '/admin' || pattern.startsWith('/admin/')

/** How a page can be asked for: as a page, and as the pieces the framework's browser code asks for. */
export const pageForms: { query: string; headers: Record<string, string> }[] = [
  { query: '', headers: { Accept: 'text/html', 'Accept-Encoding': 'gzip, br' } },
  { query: '', headers: { RSC: '1' } },
  { query: '?_rsc=1a2b3', headers: { RSC: '1', 'Next-Router-Prefetch': '1' } },
  { query: '?_rsc=1a2b3', headers: { RSC: '1', 'Next-Router-Segment-Prefetch': '/_tree' } },
  { query: '?_rsc', headers: { RSC: '1', 'Next-Router-State-Tree': encodeURIComponent('["",{"children":["__PAGE__",{}]},null,null]'), 'Next-Url': '/' } },
]

export const pages = (): Door[] => doors().filter((door) => door.kind === 'page' && !isConsole(door))
export const routes = (): Door[] => doors().filter(({ kind }) => kind === 'route')
