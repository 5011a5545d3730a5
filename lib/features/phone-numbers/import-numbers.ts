import { eq } from 'drizzle-orm'

import { phoneNumber } from '#drizzle/schema/phone-number'

import { perActor } from '../../guard/limits.ts'
import { addInTurn } from '../../guard/room.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'
import { presetOf } from '../../kernel/country-preset.ts'
import { newId } from '../../kernel/ids.ts'
import { mostNumbers } from './number-row.ts'
import { readNumberList } from './read-number-list.ts'
import { ImportedNumbers, ImportNumbers } from './shapes.ts'

/** Many numbers at once: the good rows are kept, the others are listed by line. */
export const importNumbers = command({
  name: 'numbers.import',
  allow: 'numbers.manage',
  limit: perActor(20, 'hour'),
  audit: 'number.imported',
  input: ImportNumbers,
  output: ImportedNumbers,
  async run({ input, actor, tx, organisation: org, now }) {
    const { rows, leftOut } = readNumberList(input.list, actor.organisation?.country ?? null)
    await addInTurn(tx, org, 'numbers')
    const there = await tx.select({ number: phoneNumber.number }).from(phoneNumber).where(eq(phoneNumber.org, org))
    const known = new Set(there.map(({ number }) => number))
    const fresh = rows.filter(({ number }) => !known.has(number))
    if (known.size + fresh.length > mostNumbers)
      throw new AppError('conflict', `An organisation has at most ${mostNumbers} numbers. Nothing was added.`)
    const made = fresh.map(({ number, country, label, provider }) => ({
      org,
      id: newId<'phone-number'>(),
      number,
      country,
      label,
      provider,
      timeZone: presetOf(country)?.timeZone ?? 'UTC',
      createdAt: now,
    }))
    if (made.length > 0) await tx.insert(phoneNumber).values(made)
    const left = [
      ...leftOut,
      ...rows.filter(({ number }) => known.has(number)).map(({ line }) => ({ line, why: 'there_already' as const })),
    ].toSorted((one, other) => one.line - other.line)
    return recorded(
      { added: made.length, left_out: left },
      {
        target: null,
        targets: made.map(({ id }) => id),
        facts: { added: made.length, left_out: left.length },
      },
    )
  },
})
