import { voiceAgentDraft } from '#drizzle/schema/voice-agent'

import { actingMember } from '../../guard/acting-member.ts'
import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'
import { newId } from '../../kernel/ids.ts'
import { sealed } from '../../vault/columns.ts'
import { configText, holdAgent, ownDraft, requireDocuments } from './config-row.ts'
import { SavedDraft, SaveDraft } from './shapes.ts'

/** One's own draft, made or written over. It may be begun anew from the last version, which is how a conflict ends. */
export const saveDraft = command({
  name: 'voice-agents.save-draft',
  allow: 'config.manage',
  limit: perActor(240, 'hour'),
  audit: 'voice-agent.draft-saved',
  input: SaveDraft,
  output: SavedDraft,
  async run(context) {
    const { input, actor, tx, organisation: org, vault, now } = context
    const member = actingMember(actor)
    const agent = await holdAgent(context, input.id)
    if (input.based_on > (agent.published ?? 0))
      throw new AppError('conflict', 'There is no such version to begin from.')
    await requireDocuments(context, input.config)
    const [had] = await tx
      .select({ id: voiceAgentDraft.id })
      .from(voiceAgentDraft)
      .where(ownDraft(org, agent.id, member))
    const id = had?.id ?? newId<'voice-agent-draft'>()
    const written = {
      basedOn: input.based_on,
      configSealed: vault.seal(sealed.voiceAgentDraft.config, id, configText(input.config)),
      savedAt: now,
    }
    if (had)
      await tx
        .update(voiceAgentDraft)
        .set(written)
        .where(ownDraft(org, agent.id, member))
    else await tx.insert(voiceAgentDraft).values({ org, id, agentId: agent.id, memberId: member, ...written })
    return recorded(
      { id: agent.id, saved_at: now.toISOString() },
      { target: agent.id, facts: { based_on: input.based_on } },
    )
  },
})
