import { and, eq } from 'drizzle-orm'

import { phoneNumber } from '#drizzle/schema/phone-number'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import { ChangedNumber, OneNumber } from './shapes.ts'

/** What was set up for it is forgotten; calls that came in by it stay. */
export const deleteNumber = command({
  name: 'numbers.delete',
  allow: 'numbers.manage',
  limit: perActor(240, 'hour'),
  audit: 'number.deleted',
  input: OneNumber,
  output: ChangedNumber,
  async run({ input, tx, organisation: org }) {
    const [gone] = await tx
      .delete(phoneNumber)
      .where(and(eq(phoneNumber.org, org), eq(phoneNumber.id, input.id)))
      .returning({ id: phoneNumber.id, number: phoneNumber.number })
    if (!gone) throw notFound()
    return recorded({ id: gone.id }, { target: gone.id, details: { name: gone.number } })
  },
})
