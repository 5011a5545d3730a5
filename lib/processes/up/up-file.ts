import { z } from 'zod'

import { writeWhole } from '../../platform/home/write-whole.ts'

/** What the seed hands back. */
export const Cast = z.object({
  logins: z.array(z.object({ organisation: z.string(), role: z.string(), email: z.string(), password: z.string() })),
  apiKeys: z.array(z.object({ organisation: z.string(), environment: z.string(), key: z.string() })),
  hooks: z.array(z.object({ organisation: z.string(), provider: z.string(), url: z.string(), secret: z.string() })),
  operator: z.record(z.string(), z.unknown()).optional(),
})
export type Cast = z.output<typeof Cast>

export const nobody: Cast = { logins: [], apiKeys: [], hooks: [] }

/** For programs what the screen shows to people. Passwords only ever of the demo cast. */
export interface UpFile extends Cast {
  url: string
  caFile: string
  databaseUrl?: string
}

export function writeUpFile(file: string, up: UpFile): void {
  writeWhole(file, `${JSON.stringify(up, null, 2)}\n`)
}

/** The seed may know a door's path only, or its address on another port. */
export function atAddress(cast: Cast, url: string): Cast {
  const hooks = cast.hooks.map((hook) => {
    const { pathname, search } = new URL(hook.url, url)
    return { ...hook, url: new URL(pathname + search, url).href }
  })
  return { ...cast, hooks }
}
