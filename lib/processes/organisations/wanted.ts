import { parseArgs } from 'node:util'

import { z } from 'zod'

import { CreateOrganisation } from '../../features/organisations/shapes.ts'
import { AddMember } from '../../features/team/shapes.ts'

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

const Wanted = z.object({
  name: z.string().trim().pipe(CreateOrganisation.shape.name),
  country: CreateOrganisation.shape.country,
  'time-zone': z.string().refine(isTimeZone),
  // Their name too, until they give another.
  owner: AddMember.shape.email.pipe(AddMember.shape.name),
})
type Wanted = z.output<typeof Wanted>

/** What was asked for, all of it judged before anything is made, or the options that are missing or not usable. */
export function wantedOrganisation(words: string[]): Wanted | { unusable: string[] } {
  const option = { type: 'string' } as const
  const options = { name: option, country: option, 'time-zone': option, owner: option }
  const { values, positionals } = parseArgs({ args: words, options, strict: false, allowPositionals: true })
  const strange = Object.keys(values).filter((name) => !(name in options))
  const parsed = Wanted.safeParse(values)
  const unusable = parsed.success ? [] : parsed.error.issues.map(({ path }) => String(path[0]))
  const all = [...new Set([...unusable, ...strange])].map((name) => `--${name}`)
  if (parsed.success && all.length === 0 && positionals.length === 0) return parsed.data
  return { unusable: [...all, ...(positionals.length > 0 ? ['words without an option'] : [])] }
}
