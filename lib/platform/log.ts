import 'server-only'

import { settings } from './env.ts'

type Fact = string | number | boolean | null | undefined
type Level = 'info' | 'warn' | 'error'

/**
 * One JSON line on stderr. `what` is a fixed sentence of ours; facts are ids, names, counts and codes.
 * Never a URL, a header, a body or an error's message: those carry what people said.
 */
function write(level: Level, what: string, facts: Record<string, Fact> = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, what, ...facts })}\n`)
}

export const log = {
  info: (what: string, facts?: Record<string, Fact>) => write('info', what, facts),
  warn: (what: string, facts?: Record<string, Fact>) => write('warn', what, facts),
  error: (what: string, facts?: Record<string, Fact>) => write('error', what, facts),
}

/** An error as the log may know it: its class, code and, outside production, where it was thrown. */
export function errorFacts(error: unknown): Record<string, Fact> {
  if (!(error instanceof Error)) return { error: typeof error }
  const code: unknown = Reflect.get(error, 'code') ?? Reflect.get(error, 'sqlstate')
  const why: unknown = Reflect.get(error, 'why')
  return {
    error: error.name,
    code: typeof code === 'string' ? code : undefined,
    constraint:
      typeof Reflect.get(error, 'constraint') === 'string' ? String(Reflect.get(error, 'constraint')) : undefined,
    why: typeof why === 'string' ? why : undefined,
    // The first frame, never the first line: a message may have several, and carry values in any of them.
    at:
      settings().NODE_ENV === 'production'
        ? undefined
        : error.stack
            ?.split('\n')
            .find((line) => /^\s+at /.test(line))
            ?.trim(),
  }
}
