import { sql } from 'drizzle-orm'
import { z } from 'zod'

import { holds } from '../../guard/allowed.ts'
import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import type { Permission } from '../../kernel/permission.ts'
import { Frame, rooms } from './shapes.ts'

type Row = { slug: string; name: string; role: 'owner' | 'admin' | 'agent' }

/** What opens each room; the room's own screen asks again. */
const opens: Record<(typeof rooms)[number], Permission> = {
  home: 'calls.view',
  calls: 'calls.view',
  'follow-ups': 'calls.view',
  numbers: 'numbers.view',
  knowledge: 'knowledge.view',
  config: 'config.view',
  providers: 'config.view',
  team: 'team.manage',
  developers: 'api-keys.manage',
  audit: 'audit.view',
  settings: 'team.manage',
}

/** What stands around every screen: who, where, which rooms. Each screen still asks for itself. */
export const showFrame = query({
  name: 'identity.show-frame',
  allow: 'self',
  limit: perActor(1_200, 'minute'),
  audit: 'none',
  input: z.strictObject({}),
  output: Frame,
  read: ({ tx, actor }) => [tx.execute<Row>(sql`select slug, name, role from membership_list(${actor.id}::uuid)`)],
  answer({ actor }, [organisations]) {
    if (actor.kind !== 'person' || !actor.organisation || !actor.membership) throw notFound()
    const { slug, name, country, masking, timeZone } = actor.organisation
    return {
      person: { name: actor.name, email: actor.email, role: actor.membership.role },
      organisation: { slug, name, country, masking, time_zone: timeZone },
      organisations: [...organisations],
      rooms: rooms.filter((room) => holds(actor, opens[room])),
    }
  },
})
