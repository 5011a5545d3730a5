import { and, eq, isNull } from 'drizzle-orm'

import { callTag, tag } from '#drizzle/schema/call-work'

import { actingMember } from '../../guard/acting-member.ts'
import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import { sealed } from '../../vault/columns.ts'
import { DeletedTag, OneTag } from './shapes.ts'

/** Its name goes at once, and with it the word on every call; the name is free again. */
export const deleteTag = command({
  name: 'tags.delete',
  allow: 'calls.manage',
  limit: perActor(120, 'minute'),
  audit: 'tag.deleted',
  input: OneTag,
  output: DeletedTag,
  async run({ input, actor, tx, organisation: org, vault, now }) {
    actingMember(actor)
    const here = and(eq(tag.org, org), eq(tag.id, input.id), isNull(tag.deletedAt))
    const [found] = await tx.select({ nameSealed: tag.nameSealed }).from(tag).where(here).for('update')
    if (!found?.nameSealed) throw notFound()
    const calls = await tx.$count(callTag, and(eq(callTag.org, org), eq(callTag.tagId, input.id)))
    await tx.update(tag).set({ nameSealed: null, nameHash: null, deletedAt: now }).where(here)
    return recorded(
      { id: input.id, calls },
      {
        target: input.id,
        facts: { calls },
        details: { name: vault.open(sealed.tag.name, input.id, found.nameSealed) },
      },
    )
  },
})
