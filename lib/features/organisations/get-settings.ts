import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'

import { call } from '#drizzle/schema/call'
import { organisation as organisationTable } from '#drizzle/schema/organisation'

import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import { OrganisationSettings } from './shapes.ts'

/** What the organisation is set up with, for who runs it. */
export const getSettings = query({
  name: 'organisations.get-settings',
  allow: 'team.manage',
  limit: perActor(600, 'minute'),
  audit: 'none',
  input: z.strictObject({}),
  output: OrganisationSettings,
  read: ({ tx, organisation }) => [
    tx.select().from(organisationTable).where(eq(organisationTable.id, organisation)),
    tx
      .select({ held: sql<number>`count(*)::int` })
      .from(call)
      .where(sql`${call.org} = ${organisation} and ${call.callerSealed} is not null`),
  ],
  answer({ actor }, [[row], [sealedDigits]]) {
    if (!row) throw notFound()
    return {
      name: row.name,
      country: row.country,
      region: row.region,
      time_zone: row.timeZone,
      currency: row.currency,
      languages: row.languages,
      hours: row.hours,
      plan: row.plan,
      masking: row.masking,
      calls_with_sealed_digits: sealedDigits?.held ?? 0,
      may_change: actor.kind === 'person' && actor.membership?.role === 'owner',
    }
  },
})
