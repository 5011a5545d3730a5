import { createHash } from 'node:crypto'

import { z } from 'zod'

import { command, oncePerTarget, recorded } from '../../guard/use-case.ts'
import { perActor } from '../../guard/limits.ts'
import { AppError } from '../../kernel/app-error.ts'
import { adapterOf } from '../providers/index.ts'
import { cleanFacts, keptBody } from './clean-facts.ts'
import { callEvents } from './events.ts'
import { writeCall } from './write-call.ts'

const ReceivedEvent = z.strictObject({ raw: z.string(), body: z.unknown() })

/** `POST /api/hooks/…`: one event of a provider, its signature already checked by the door that let it in. */
export const receiveProviderEvent = command({
  name: 'calls.receive-provider-event',
  allow: 'calls.ingest',
  limit: perActor(12_000, 'minute'),
  audit: oncePerTarget('call.ingested'),
  input: ReceivedEvent,
  output: z.object({ received: z.literal(true) }),
  async run(context) {
    const { input, actor, vault, now } = context
    const adapter = actor.kind === 'provider' ? adapterOf(actor.provider) : null
    if (actor.kind !== 'provider' || !adapter) throw new AppError('forbidden', 'Only a provider may send this.')
    const event = adapter.read(input.body)
    if (!event.facts) return recorded({ received: true as const }, { target: null, isFirst: false })
    const { masking } = actor.organisation
    const facts = cleanFacts(event.facts, actor.organisation)
    const written = await writeCall(
      { ...context, masking },
      {
        environment: actor.environment,
        provider: actor.provider,
        kind: event.eventType,
        dedupeHash: vault.blindHash('event', event.eventId ?? createHash('sha256').update(input.raw).digest('hex')),
        body: masking ? keptBody(facts) : input.raw,
        toldAt: event.occurredAt ?? now,
        externalIdHash: vault.blindHash('externalId', event.facts.externalId.toWellFormed().normalize('NFC')),
      },
      facts,
    )
    return recorded(
      { received: true as const },
      { target: written.row.id, isFirst: written.isNew, ...callEvents(written) },
    )
  },
})
