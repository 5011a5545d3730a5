import { voiceAgentDraft } from '#drizzle/schema/voice-agent'

import { actingMember } from '../../guard/acting-member.ts'
import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import { holdAgent, ownDraft } from './config-row.ts'
import { ChangedVoiceAgent, OneVoiceAgent } from './shapes.ts'

/** One's own draft is gone; what is published stays as it is. */
export const discardDraft = command({
  name: 'voice-agents.discard-draft',
  allow: 'config.manage',
  limit: perActor(240, 'hour'),
  audit: 'voice-agent.draft-discarded',
  input: OneVoiceAgent,
  output: ChangedVoiceAgent,
  async run(context) {
    const { input, actor, tx, organisation: org } = context
    const agent = await holdAgent(context, input.id)
    const gone = await tx
      .delete(voiceAgentDraft)
      .where(ownDraft(org, agent.id, actingMember(actor)))
      .returning({ id: voiceAgentDraft.id })
    if (gone.length === 0) throw notFound()
    return recorded({ id: agent.id }, { target: agent.id })
  },
})
