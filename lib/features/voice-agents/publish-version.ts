import { voiceAgentDraft } from '#drizzle/schema/voice-agent'

import { actingMember } from '../../guard/acting-member.ts'
import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { changesBetween } from '../../kernel/agent-config.ts'
import { AppError } from '../../kernel/app-error.ts'
import { sealed } from '../../vault/columns.ts'
import { configFrom, holdAgent, ownDraft, requireDocuments, requireLast } from './config-row.ts'
import { findVersion } from './find-version.ts'
import { insertVersion } from './insert-version.ts'
import { PublishedVersion, PublishVersion } from './shapes.ts'

/** One's own draft becomes the version that counts, for calls that come from now on. */
export const publishVersion = command({
  name: 'voice-agents.publish',
  allow: 'config.manage',
  limit: perActor(60, 'hour'),
  audit: 'voice-agent.published',
  input: PublishVersion,
  output: PublishedVersion,
  async run(context) {
    const { input, actor, tx, organisation: org, vault } = context
    const member = actingMember(actor)
    const agent = await holdAgent(context, input.id)
    const [draft] = await tx
      .select()
      .from(voiceAgentDraft)
      .where(ownDraft(org, agent.id, member))
    if (!draft) throw new AppError('conflict', 'You have no draft to publish. Change something and save it first.')
    requireLast(agent, draft.basedOn)
    const config = configFrom(vault.open(sealed.voiceAgentDraft.config, draft.id, draft.configSealed))
    await requireDocuments(context, config)
    const before = agent.published === null ? null : await findVersion(context, agent.id, agent.published)
    const changed = changesBetween(before, config).map(({ field }) => field)
    if (changed.length === 0) throw new AppError('conflict', 'This draft says what is published already.')
    const number = await insertVersion(context, { agent, config, note: input.note, restores: null, member })
    await tx.delete(voiceAgentDraft).where(ownDraft(org, agent.id, member))
    return recorded(
      { id: agent.id, number },
      { target: agent.id, facts: { version: number, changed: changed.join(' ') }, details: { note: input.note } },
    )
  },
})
