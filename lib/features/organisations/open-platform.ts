import { z } from 'zod'

import { tenantKey } from '#drizzle/schema/organisation'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { OpenPlatform } from './shapes.ts'

/** Gives the platform's own organisation its first keys, once: entries without an organisation are sealed under them. */
export const openPlatform = command({
  name: 'platform.open',
  allow: 'platform.manage',
  limit: perActor(60, 'hour'),
  audit: 'platform.opened',
  input: OpenPlatform,
  output: z.object({ opened: z.literal(true) }),
  async run({ input, tx, organisation }) {
    await tx.insert(tenantKey).values(input.keys.map((key) => ({ org: organisation, ...key })))
    return recorded({ opened: true as const }, { target: organisation })
  },
})
