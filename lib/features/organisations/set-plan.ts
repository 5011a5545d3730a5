import { sql } from 'drizzle-orm'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { PlanSet, SetPlan } from './shapes.ts'

/** An operator's act, from the command line: the database lets no web process do it. */
export const setPlan = command({
  name: 'organisations.set-plan',
  allow: 'platform.manage',
  limit: perActor(60, 'hour'),
  audit: 'organisation.plan-set',
  input: SetPlan,
  output: PlanSet,
  async run({ input, tx, organisation: org }) {
    await tx.execute(sql`select organisation_set_plan(${input.plan})`)
    return recorded({ plan: input.plan }, { target: org, facts: { plan: input.plan } })
  },
})
