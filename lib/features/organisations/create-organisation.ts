import { randomBytes } from 'node:crypto'

import { organisation as organisationTable, tenantKey } from '#drizzle/schema/organisation'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { presetHours, presetOf } from '../../kernel/country-preset.ts'
import { newId } from '../../kernel/ids.ts'
import { hashPassword } from '../identity/index.ts'
import { insertMember } from '../team/index.ts'
import { CreatedOrganisation, CreateOrganisation } from './shapes.ts'

/**
 * Runs as the organisation that is about to be: its keys were made just before, and its vault is already open. Its owner, if
 * one is named, comes with it or it does not come: what is left then are keys that nothing uses.
 */
export const createOrganisation = command({
  name: 'organisations.create',
  allow: 'platform.manage',
  limit: perActor(60, 'hour'),
  audit: 'organisation.created',
  input: CreateOrganisation,
  output: CreatedOrganisation,
  async before({ input: { owner } }) {
    if (!owner) return null
    const { person_id: personId, email, name, password } = owner
    return personId === null ? { email, name, passwordHash: await hashPassword(password) } : { personId }
  },
  async run({ input, tx, organisation: id, prepared: owner }) {
    const slug = randomSlug()
    const region = input.keys[0]?.region ?? 'unknown'
    const preset = presetOf(input.country)
    await Promise.all([
      tx
        .insert(organisationTable)
        .values({
          id,
          slug,
          name: input.name,
          country: input.country,
          region,
          timeZone: input.time_zone ?? preset?.timeZone ?? 'Africa/Lagos',
          currency: preset?.currency ?? 'NGN',
          languages: [...(preset?.languages ?? ['en'])],
          hours: presetHours,
          masking: input.masking,
          plan: input.plan,
        })
        .execute(),
      tx
        .insert(tenantKey)
        .values(input.keys.map((key) => ({ org: id, ...key })))
        .execute(),
    ])
    const facts = { country: input.country, masking: input.masking, region }
    if (!owner) return recorded({ id, slug }, { target: id, facts })
    const memberId = newId<'member'>()
    const person = await insertMember(tx, { org: id, id: memberId, role: 'owner', who: owner })
    return recorded({ id, slug }, { target: id, targets: [id, memberId], facts: { ...facts, owner: person } })
  },
})

/** Immutable and says nothing: 14 characters of a 32-letter alphabet without look-alikes, 70 bits. */
function randomSlug(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
  return Array.from(randomBytes(14), (byte) => letters[byte % 32]).join('')
}
