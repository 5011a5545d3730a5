import { createHash } from 'node:crypto'
import { setImmediate as breath } from 'node:timers/promises'

import { z } from 'zod'

import { type Context, command, oncePerTarget, recorded } from '../../guard/use-case.ts'
import { perActor } from '../../guard/limits.ts'
import { AppError } from '../../kernel/app-error.ts'
import { formWithout } from '../../kernel/form-fields.ts'
import { adapterOf } from '../providers/index.ts'
import { type CleanFacts, cleanFacts, cleanTranscript, keptBody } from './clean-facts.ts'
import { callEvents } from './events.ts'
import { sealTurns } from './turns.ts'
import { type IncomingEvent, keptEvent, writeCall } from './write-call.ts'

const ReceivedEvent = z.strictObject({ raw: z.string(), body: z.unknown() })
type Given = Context<z.output<typeof ReceivedEvent>>
type Ready = { event: IncomingEvent; facts: CleanFacts } | null

/** `POST /api/hooks/…`: one event of a provider, its signature already checked by the door that let it in. */
export const receiveProviderEvent = command({
  name: 'calls.receive-provider-event',
  allow: 'calls.ingest',
  limit: perActor(12_000, 'minute'),
  audit: oncePerTarget('call.ingested'),
  keepsWords: true,
  input: ReceivedEvent,
  output: z.object({ received: z.literal(true) }),
  before: readEvent,
  async run({ prepared, ...context }) {
    const { actor } = context
    if (!prepared || !actor.organisation) return recorded({ received: true as const }, { target: null, isFirst: false })
    const { masking } = actor.organisation
    const written = await writeCall({ ...context, masking }, prepared.event, prepared.facts)
    return recorded(
      { received: true as const },
      { target: written.row.id, isFirst: written.isNew, ...callEvents(written) },
    )
  },
})

/** A body this long is a call of half an hour; what is made of it then takes so long that others get a turn in between. */
const longBody = 256 * 1024

/** What the event says, clean and sealed, before a connection is taken. Null: acknowledged, nothing to store. */
async function readEvent({ input, actor, vault }: Given): Promise<Ready> {
  const adapter = actor.kind === 'provider' ? adapterOf(actor.provider) : null
  if (actor.kind !== 'provider' || !adapter) throw new AppError('forbidden', 'Only a provider may send this.')
  const pause = async (): Promise<void> => {
    if (input.raw.length > longBody) await breath()
  }
  await pause()
  const event = adapter.read(input.body, actor.settings)
  if (!event.facts) return null
  await pause()
  const { masking } = actor.organisation
  const { transcript, ...rest } = event.facts
  const facts: CleanFacts = {
    ...cleanFacts(rest, actor.organisation),
    ...(transcript ? { transcript: await cleanTranscript(transcript, masking, pause) } : {}),
  }
  await pause()
  const raw = adapter.neverKept ? formWithout(Buffer.from(input.raw), adapter.neverKept) : input.raw
  // Two systems of a client's own may count their calls alike; one account of a provider never does.
  const scope = actor.provider === 'generic' ? `${actor.id} ` : ''
  const name = event.eventId ?? createHash('sha256').update(input.raw).digest('hex')
  const exactBody = (masking ? keptBody(facts) : raw).toWellFormed().normalize('NFC')
  await pause()
  const kept = keptEvent(vault, exactBody)
  await pause()
  const turns = await sealTurns(vault, facts.transcript?.turns ?? [], pause)
  return {
    facts,
    event: {
      ...kept,
      turns,
      environment: actor.environment,
      provider: actor.provider,
      kind: event.eventType,
      dedupeHash: vault.blindHash('event', scope + name),
      toldAt: event.occurredAt,
      externalIdHash: vault.blindHash('externalId', scope + event.facts.externalId.toWellFormed().normalize('NFC')),
    },
  }
}
