import { and, eq, isNull } from 'drizzle-orm'

import { tag } from '#drizzle/schema/call-work'

import { actingMember } from '../../guard/acting-member.ts'
import { perActor } from '../../guard/limits.ts'
import { addInTurn } from '../../guard/room.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError, notFound } from '../../kernel/app-error.ts'
import { sealed } from '../../vault/columns.ts'
import { cleanLabel, folded } from './clean-words.ts'
import { ChangeTag, ShownTag } from './shapes.ts'

/** Another name or colour; the calls that wear it show it at once. */
export const changeTag = command({
  name: 'tags.change',
  allow: 'calls.manage',
  limit: perActor(120, 'minute'),
  audit: 'tag.changed',
  keepsWords: true,
  input: ChangeTag,
  output: ShownTag,
  async run({ input, actor, tx, organisation: org, vault }) {
    actingMember(actor)
    const { id, colour } = input
    const name = cleanLabel(input.name)
    const nameHash = vault.blindHash('tagName', folded(name))
    await addInTurn(tx, org, 'tags')
    const rows = await tx
      .select()
      .from(tag)
      .where(and(eq(tag.org, org), isNull(tag.deletedAt)))
    const before = rows.find((row) => row.id === id)
    if (!before?.nameSealed) throw notFound()
    if (rows.some((row) => row.id !== id && row.nameHash && nameHash.equals(row.nameHash)))
      throw new AppError('conflict', 'There is a tag of this name.')
    const nameBefore = vault.open(sealed.tag.name, id, before.nameSealed)
    const isSame = nameBefore === name && before.colour === colour
    if (!isSame) {
      await tx
        .update(tag)
        .set({ nameSealed: vault.seal(sealed.tag.name, id, name), nameHash, colour })
        .where(and(eq(tag.org, org), eq(tag.id, id)))
    }
    return recorded(
      { id, name, colour },
      { target: id, targets: isSame ? [] : [id], facts: { colour }, details: { before: nameBefore, after: name } },
    )
  },
})
