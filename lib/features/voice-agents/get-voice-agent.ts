import { and, desc, eq } from 'drizzle-orm'

import { knowledgeDocument } from '#drizzle/schema/knowledge'
import { member, person } from '#drizzle/schema/person'
import { voiceAgent, voiceAgentDraft, voiceAgentVersion } from '#drizzle/schema/voice-agent'

import { holds } from '../../guard/allowed.ts'
import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import { sealed } from '../../vault/columns.ts'
import { configFrom, openConfig } from './config-row.ts'
import { OneVoiceAgent, VoiceAgentDetail } from './shapes.ts'
import { startingConfig } from './starting-config.ts'

const mostVersions = 50

/** One voice agent: its versions, one's own draft, and who else is at work. */
export const getVoiceAgent = query({
  name: 'voice-agents.get',
  allow: 'config.view',
  limit: perActor(600, 'minute'),
  audit: 'none',
  input: OneVoiceAgent,
  output: VoiceAgentDetail,
  read: ({ tx, organisation: org, input }) => [
    tx
      .select()
      .from(voiceAgent)
      .where(and(eq(voiceAgent.org, org), eq(voiceAgent.id, input.id))),
    tx
      .select({ version: voiceAgentVersion, by: person.name })
      .from(voiceAgentVersion)
      .innerJoin(member, and(eq(member.org, org), eq(member.id, voiceAgentVersion.publishedBy)))
      .innerJoin(person, eq(person.id, member.personId))
      .where(and(eq(voiceAgentVersion.org, org), eq(voiceAgentVersion.agentId, input.id)))
      .orderBy(desc(voiceAgentVersion.number))
      .limit(mostVersions + 1),
    tx
      .select({ draft: voiceAgentDraft, by: person.name })
      .from(voiceAgentDraft)
      .innerJoin(member, and(eq(member.org, org), eq(member.id, voiceAgentDraft.memberId)))
      .innerJoin(person, eq(person.id, member.personId))
      .where(and(eq(voiceAgentDraft.org, org), eq(voiceAgentDraft.agentId, input.id)))
      .orderBy(person.name),
    tx
      .select({ id: knowledgeDocument.id, titleSealed: knowledgeDocument.titleSealed })
      .from(knowledgeDocument)
      .where(eq(knowledgeDocument.org, org)),
  ],
  answer({ actor, vault }, [[agent], versions, drafts, documents]) {
    if (!agent) throw notFound()
    const me = actor.kind === 'person' ? actor.membership?.id : undefined
    const own = drafts.find(({ draft }) => draft.memberId === me)?.draft
    const draft = own && {
      based_on: own.basedOn,
      config: configFrom(vault.open(sealed.voiceAgentDraft.config, own.id, own.configSealed)),
      saved_at: own.savedAt.toISOString(),
    }
    const shown = versions.slice(0, mostVersions).map(({ version, by }) => ({
      number: version.number,
      config: openConfig(vault, version),
      note: vault.open(sealed.voiceAgentVersion.note, version.id, version.noteSealed),
      restores: version.restores,
      published_by: by,
      published_at: version.publishedAt.toISOString(),
    }))
    const { country = '', timeZone = 'UTC' } = (actor.kind === 'person' ? actor.organisation : null) ?? {}
    return {
      id: agent.id,
      name: agent.name,
      may_manage: holds(actor, 'config.manage'),
      config: draft?.config ?? shown[0]?.config ?? startingConfig({ country, timeZone }),
      draft: draft ?? null,
      documents: documents
        .map(({ id, titleSealed }) => ({ id, title: vault.open(sealed.knowledgeDocument.title, id, titleSealed) }))
        .toSorted((one, other) => one.title.localeCompare(other.title)),
      others_drafting: drafts.filter(({ draft: { memberId } }) => memberId !== me).map(({ by }) => by),
      versions: shown,
      has_older: versions.length > mostVersions,
    }
  },
})
