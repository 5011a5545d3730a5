import { eq } from 'drizzle-orm'

import { voiceAgent, voiceAgentDraft } from '#drizzle/schema/voice-agent'

import { actingMember } from '../../guard/acting-member.ts'
import { perActor } from '../../guard/limits.ts'
import { addInTurn } from '../../guard/room.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'
import { newId } from '../../kernel/ids.ts'
import { sealed } from '../../vault/columns.ts'
import { configText } from './config-row.ts'
import { AddVoiceAgent, ChangedVoiceAgent } from './shapes.ts'
import { startingConfig } from './starting-config.ts'

const mostAgents = 100

/** A new voice agent, with a draft of its author’s that says what every one could. Nothing is published yet. */
export const addVoiceAgent = command({
  name: 'voice-agents.add',
  allow: 'config.manage',
  limit: perActor(60, 'hour'),
  audit: 'voice-agent.added',
  input: AddVoiceAgent,
  output: ChangedVoiceAgent,
  async run({ input, actor, tx, organisation: org, vault, now }) {
    const member = actingMember(actor)
    if (actor.kind !== 'person' || !actor.organisation) throw new Error('a member has an organisation')
    await addInTurn(tx, org, 'voice agents')
    if ((await tx.$count(voiceAgent, eq(voiceAgent.org, org))) >= mostAgents)
      throw new AppError('conflict', `An organisation has at most ${mostAgents} voice agents.`)
    const id = newId<'voice-agent'>()
    const [made] = await tx
      .insert(voiceAgent)
      .values({ org, id, name: input.name, createdAt: now })
      .onConflictDoNothing()
      .returning({ id: voiceAgent.id })
    if (!made) throw new AppError('conflict', 'There is a voice agent of this name.')
    const draft = newId<'voice-agent-draft'>()
    const text = configText(startingConfig(actor.organisation))
    await tx.insert(voiceAgentDraft).values({
      org,
      id: draft,
      agentId: id,
      memberId: member,
      basedOn: 0,
      configSealed: vault.seal(sealed.voiceAgentDraft.config, draft, text),
      savedAt: now,
    })
    return recorded({ id }, { target: id, facts: { name: input.name } })
  },
})
