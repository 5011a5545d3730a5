import { createHash } from 'node:crypto'
import { setImmediate as breath } from 'node:timers/promises'

import type { z } from 'zod'

import { oncePerTarget, command, recorded } from '../../guard/use-case.ts'
import { perActor } from '../../guard/limits.ts'
import { notFound } from '../../kernel/app-error.ts'
import { canonicalJson, type Canonical } from '../../ledger/canonical-json.ts'
import { showCall } from './call-row.ts'
import { cleanFacts, keptBody } from './clean-facts.ts'
import { environmentFor } from './policy.ts'
import { type CallFacts, IngestCall, IngestedCall } from './shapes.ts'
import { talkBetween } from './talk-between.ts'
import { sealTurns } from './turns.ts'
import { keptEvent, writeCall } from './write-call.ts'
import { callEvents } from './events.ts'

/** `POST /api/v1/calls`: a call as its owner tells it. The same `external_id` again merges. */
export const ingestCall = command({
  name: 'calls.ingest',
  allow: 'calls.ingest',
  limit: perActor(6_000, 'minute'),
  audit: oncePerTarget('call.ingested'),
  keepsWords: true,
  input: IngestCall,
  output: IngestedCall,
  async run(context) {
    const { input, actor, vault } = context
    if (!actor.organisation) throw notFound()
    const { masking } = actor.organisation
    const facts = cleanFacts(factsFrom(input), actor.organisation)
    const canonical = canonicalJson(JSON.parse(JSON.stringify(input)) as Canonical) // JSON by way of its schema
    const written = await writeCall(
      { ...context, masking },
      {
        environment: environmentFor(actor),
        provider: 'api',
        kind: 'call',
        dedupeHash: vault.blindHash('event', createHash('sha256').update(canonical).digest('hex')),
        ...keptEvent(vault, (masking ? keptBody(facts) : canonical).toWellFormed().normalize('NFC')),
        turns: await sealTurns(vault, facts.transcript?.turns ?? [], breath),
        toldAt: context.now,
        externalIdHash: vault.blindHash('externalId', input.external_id.normalize('NFC')),
      },
      facts,
    )
    const shown = { ...showCall(written.row, context), external_id: facts.externalId }
    return recorded(
      { call: shown, is_new: written.isNew },
      { target: written.row.id, isFirst: written.isNew, ...callEvents(written) },
    )
  },
})

/** A client's transcript is whole each time it is sent. */
const clientStage = 1

function factsFrom(input: z.output<typeof IngestCall>): CallFacts {
  return {
    externalId: input.external_id,
    direction: input.direction,
    caller: input.caller,
    number: input.number,
    agent: input.agent,
    status: input.status,
    startedAt: new Date(input.started_at),
    ...(input.answered_at ? { answeredAt: new Date(input.answered_at) } : {}),
    ...(input.ended_at ? { endedAt: new Date(input.ended_at) } : {}),
    // Nobody talked before somebody answered; a completed call was answered when it began, if nothing better is told.
    ...(input.ended_at && (input.answered_at !== undefined || input.status === 'completed')
      ? { talkMs: talkBetween(Date.parse(input.answered_at ?? input.started_at), Date.parse(input.ended_at)) }
      : {}),
    ...(input.ended_reason ? { endedReason: input.ended_reason } : {}),
    ...(input.languages ? { languages: input.languages } : {}),
    ...(input.outcome ? { outcome: input.outcome } : {}),
    ...(input.summary ? { summary: input.summary } : {}),
    ...(input.cost ? { cost: { amountMinor: input.cost.amount_minor, currency: input.cost.currency } } : {}),
    ...(input.recording_url ? { recordingUrl: input.recording_url } : {}),
    ...(input.metadata ? { metadata: input.metadata } : {}),
    ...(input.consent
      ? {
          consent: {
            state: input.consent.state,
            ...(input.consent.type ? { type: input.consent.type } : {}),
            ...(input.consent.at ? { at: new Date(input.consent.at) } : {}),
          },
        }
      : {}),
    ...(input.transcript
      ? {
          transcript: {
            stage: clientStage,
            turns: input.transcript.map((turn) => ({ role: turn.role, text: turn.text, atMs: turn.at_ms })),
          },
        }
      : {}),
  }
}
