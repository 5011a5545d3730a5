import { and, eq } from 'drizzle-orm'

import { phoneNumber } from '#drizzle/schema/phone-number'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError, notFound } from '../../kernel/app-error.ts'
import { sealed } from '../../vault/columns.ts'
import { requireAgent } from './number-row.ts'
import { requireNumber } from './our-number.ts'
import { ChangedNumber, ChangeNumber } from './shapes.ts'

/** What a number is for, who answers and when. The number itself never changes: another number is another row. */
export const changeNumber = command({
  name: 'numbers.change',
  allow: 'numbers.manage',
  limit: perActor(240, 'hour'),
  audit: 'number.changed',
  input: ChangeNumber,
  output: ChangedNumber,
  async run(context) {
    const { input, tx, organisation: org, vault } = context
    const here = and(eq(phoneNumber.org, org), eq(phoneNumber.id, input.id))
    const [before] = await tx.select().from(phoneNumber).where(here).for('update')
    if (!before) throw notFound()
    if (input.voice_agent !== null) await requireAgent(context, input.voice_agent)
    const fallback =
      input.fallback_number === null
        ? null
        : requireNumber('fallback_number', input.fallback_number, before.country).number
    if (fallback === before.number)
      throw new AppError('invalid_input', 'Some fields need another look.', {
        fields: { fallback_number: 'must be another number than this one' },
      })
    await tx
      .update(phoneNumber)
      .set({
        label: input.label,
        provider: input.provider,
        voiceAgentId: input.voice_agent,
        hours: input.hours,
        timeZone: input.time_zone,
        fallbackSealed: fallback === null ? null : vault.seal(sealed.phoneNumber.fallback, before.id, fallback),
      })
      .where(here)
    return recorded(
      { id: before.id },
      {
        target: before.id,
        facts: {
          voice_agent_before: before.voiceAgentId,
          voice_agent: input.voice_agent,
          own_hours: input.hours !== null,
          has_fallback: fallback !== null,
        },
        details: { before: before.label, after: input.label },
      },
    )
  },
})
