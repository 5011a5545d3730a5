import { eq } from 'drizzle-orm'

import { phoneNumber } from '#drizzle/schema/phone-number'

import { perActor } from '../../guard/limits.ts'
import { addInTurn } from '../../guard/room.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'
import { presetOf } from '../../kernel/country-preset.ts'
import { newId } from '../../kernel/ids.ts'
import { mostNumbers, requireAgent } from './number-row.ts'
import { requireNumber } from './our-number.ts'
import { AddNumber, ChangedNumber } from './shapes.ts'

/** One more number of ours. Its country brings its time zone. */
export const addNumber = command({
  name: 'numbers.add',
  allow: 'numbers.manage',
  limit: perActor(120, 'hour'),
  audit: 'number.added',
  input: AddNumber,
  output: ChangedNumber,
  async run(context) {
    const { input, actor, tx, organisation: org, now } = context
    const { number, country } = requireNumber('number', input.number, actor.organisation?.country ?? null)
    if (input.voice_agent !== undefined) await requireAgent(context, input.voice_agent)
    await addInTurn(tx, org, 'numbers')
    if ((await tx.$count(phoneNumber, eq(phoneNumber.org, org))) >= mostNumbers)
      throw new AppError('conflict', `An organisation has at most ${mostNumbers} numbers.`)
    const id = newId<'phone-number'>()
    const [made] = await tx
      .insert(phoneNumber)
      .values({
        org,
        id,
        number,
        country,
        label: input.label,
        provider: input.provider ?? null,
        voiceAgentId: input.voice_agent ?? null,
        timeZone: presetOf(country)?.timeZone ?? 'UTC',
        createdAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: phoneNumber.id })
    if (!made) throw new AppError('conflict', 'This number is here already.')
    return recorded(
      { id },
      { target: id, facts: { country, voice_agent: input.voice_agent ?? null }, details: { name: number } },
    )
  },
})
