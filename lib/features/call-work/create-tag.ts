import { and, eq, isNull } from 'drizzle-orm'

import { tag } from '#drizzle/schema/call-work'

import { actingMember } from '../../guard/acting-member.ts'
import { perActor } from '../../guard/limits.ts'
import { addInTurn } from '../../guard/room.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'
import { newId } from '../../kernel/ids.ts'
import { sealed } from '../../vault/columns.ts'
import { cleanLabel, folded } from './clean-words.ts'
import { CreateTag, ShownTag } from './shapes.ts'

const mostTags = 200

/** A new word to sort calls by. Two that read alike would be one too many. */
export const createTag = command({
  name: 'tags.create',
  allow: 'calls.manage',
  limit: perActor(120, 'minute'),
  audit: 'tag.created',
  keepsWords: true,
  input: CreateTag,
  output: ShownTag,
  async run({ input, actor, tx, organisation: org, vault, now }) {
    actingMember(actor)
    const name = cleanLabel(input.name)
    await addInTurn(tx, org, 'tags')
    const count = await tx.$count(tag, and(eq(tag.org, org), isNull(tag.deletedAt)))
    if (count >= mostTags) throw new AppError('conflict', `An organisation has at most ${mostTags} tags.`)
    const id = newId<'tag'>()
    const [made] = await tx
      .insert(tag)
      .values({
        org,
        id,
        nameSealed: vault.seal(sealed.tag.name, id, name),
        nameHash: vault.blindHash('tagName', folded(name)),
        colour: input.colour,
        createdAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: tag.id })
    if (!made) throw new AppError('conflict', 'There is a tag of this name.')
    return recorded(
      { id, name, colour: input.colour },
      { target: id, facts: { colour: input.colour }, details: { name } },
    )
  },
})
