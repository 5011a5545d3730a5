import { eq, sql } from 'drizzle-orm'

import { call } from '#drizzle/schema/call'
import { organisation as organisationTable } from '#drizzle/schema/organisation'

import { perActor } from '../../guard/limits.ts'
import { lockMasking } from '../../guard/masking-lock.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'
import { MaskingSet, SetMasking } from './shapes.ts'

/**
 * From now on: the digits of new calls are not stored, or are sealed. Calls that are here already stay as they are; how
 * many of them hold sealed digits is answered, so that nobody takes the switch for more than it is.
 */
export const setMasking = command({
  name: 'organisations.set-masking',
  allow: 'organisation.manage',
  limit: perActor(20, 'hour'),
  audit: 'organisation.masking-set',
  input: SetMasking,
  output: MaskingSet,
  async run({ input, tx, organisation: org }) {
    await lockMasking(tx, org)
    const [now] = await tx
      .select({ name: organisationTable.name, masking: organisationTable.masking })
      .from(organisationTable)
      .where(eq(organisationTable.id, org))
      .for('update')
    if (now?.name !== input.name) {
      throw new AppError('invalid_input', 'Type the organisation’s name exactly as it is.', {
        fields: { name: 'is not the organisation’s name' },
      })
    }
    await tx.execute(sql`select organisation_set_masking(${input.masking})`)
    const held = await tx.$count(call, sql`${call.org} = ${org} and ${call.callerSealed} is not null`)
    return recorded(
      { masking: input.masking, calls_with_sealed_digits: held },
      { target: org, facts: { before: now.masking, after: input.masking }, forgetsKeys: true },
    )
  },
})
