import { and, eq, sql } from 'drizzle-orm'

import { voiceAgent } from '#drizzle/schema/voice-agent'

import { perActor } from '../../guard/limits.ts'
import { addInTurn } from '../../guard/room.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'
import { holdAgent } from './config-row.ts'
import { ChangedVoiceAgent, RenameVoiceAgent } from './shapes.ts'

/** Calls that come from now on are known by the new name; those that came keep their version. */
export const renameVoiceAgent = command({
  name: 'voice-agents.rename',
  allow: 'config.manage',
  limit: perActor(120, 'hour'),
  audit: 'voice-agent.renamed',
  input: RenameVoiceAgent,
  output: ChangedVoiceAgent,
  async run(context) {
    const { input, tx, organisation: org } = context
    const { id, name } = input
    await addInTurn(tx, org, 'voice agents')
    const before = await holdAgent(context, id)
    const namesakes = await tx.$count(
      voiceAgent,
      and(eq(voiceAgent.org, org), sql`lower(${voiceAgent.name}) = lower(${name}) and ${voiceAgent.id} <> ${id}`),
    )
    if (namesakes > 0) throw new AppError('conflict', 'There is a voice agent of this name.')
    const isSame = before.name === name
    if (!isSame)
      await tx
        .update(voiceAgent)
        .set({ name })
        .where(and(eq(voiceAgent.org, org), eq(voiceAgent.id, id)))
    return recorded({ id }, { target: id, targets: isSame ? [] : [id], facts: { before: before.name, after: name } })
  },
})
