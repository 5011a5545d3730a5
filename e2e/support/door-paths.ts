import { type Door, doors } from './doors.ts'
import type { Organisation } from './organisation.ts'
import { type Answer, send } from './send.ts'

export interface Inside {
  organisation: Organisation
  /** A call of it. */
  call: string
}

/** A door's pattern with an organisation's own ids in it. Throws for a parameter nobody here knows. */
export function pathOf(pattern: string, { organisation, call }: Inside): string {
  const [, , , kind = '', token = ''] = organisation.provider.path.split('/')
  const known: Record<string, string> = {
    org: organisation.slug,
    agent: organisation.voiceAgent,
    document: organisation.document,
    call,
    id: call,
    kind,
    token,
  }
  return pattern.replace(/\[(\w+)\]/g, (_, name: string) => {
    const value = known[name]
    if (value === undefined) throw new Error(`say here what [${name}] of ${pattern} is`)
    return value
  })
}

/** Doors of the operators' console are reached by another path and refuse everybody. */
export const isConsole = ({ pattern }: Pick<Door, 'pattern'>): boolean =>
  pattern === '/admin' || pattern.startsWith('/admin/')

/** How a page can be asked for: as a page, and as the pieces the framework's browser code asks for. */
const pageForms: Record<string, string>[] = [
  { Accept: 'text/html', 'Accept-Encoding': 'gzip, br' },
  { RSC: '1' },
  { RSC: '1', 'Next-Router-Prefetch': '1' },
  { RSC: '1', 'Next-Router-Prefetch': '1', 'Next-Router-Segment-Prefetch': '/_tree' },
  {
    RSC: '1',
    'Next-Router-State-Tree': encodeURIComponent('["",{"children":["__PAGE__",{}]},null,null]'),
    'Next-Url': '/',
  },
]

export interface Visit {
  form: string
  answer: Answer
  /** What the framework said first: it wants the fingerprint of those headers in the query, and tells it. */
  first: Answer
}

/** A page in each of its forms. */
export function visitPage(path: string, cookie: string): Promise<Visit[]> {
  return Promise.all(
    pageForms.map(async (form) => {
      const headers = { Cookie: cookie, ...form }
      const first = await send({ path, headers })
      const told = new URL(first.headers['location'] ?? '/', 'https://localhost')
      const isFingerprint =
        first.status === 307 && told.searchParams.has('_rsc') && told.pathname === path.split('?')[0]
      return {
        form: Object.keys(form).join(' '),
        answer: isFingerprint ? await send({ path: told.pathname + told.search, headers }) : first,
        first,
      }
    }),
  )
}

export const pages = (): Door[] => doors().filter((door) => door.kind === 'page' && !isConsole(door))
export const routes = (): Door[] => doors().filter(({ kind }) => kind === 'route')
