import 'server-only'

import { adapterOf, findProvider, type FoundProvider, noteAccepted, noteRejected } from '#lib/features/providers/index'
import type { RejectionReason } from '#lib/features/providers/shapes'

import { mintNobody, mintProvider } from '../guard/actors.ts'
import { recordRefusal } from '../guard/refusal.ts'
import type { Circumstance, ProviderActor } from '../kernel/actor.ts'
import { AppError, type ErrorCode, notFound } from '../kernel/app-error.ts'
import { take } from '../platform/limiter.ts'
import { publicUrl } from './origin.ts'
import { formFrom, jsonFrom, mostEventBytes, rawBody, takeInHand } from './request-body.ts'

type Adapter = NonNullable<ReturnType<typeof adapterOf>>
type Verdict = ReturnType<Adapter['verify']>

interface ProviderEntry {
  actor: ProviderActor
  raw: Buffer
  /** The body as this provider writes it. */
  parse: (contentType: string | null) => unknown
  /** Told what became of the event, so that whoever set the hook up can see it. */
  settle: (failure: AppError | null) => void
}

/** Refusals of one hook that get an entry, whatever addresses they come from: more than this is a flood. */
const entriesPerMinute = 60

/** What was looked up is good for a body that is there by then, which nearly every one is. */
const freshMs = 100

/**
 * The provider whose address was called and whose signature covers these very bytes.
 * @throws AppError not_found for an address we never gave out, invalid_signature for anything forged, stale or unsigned
 */
export async function enterAsProvider(
  request: Request,
  { kind, token }: { kind: string; token: string },
  circumstance: Circumstance,
): Promise<ProviderEntry> {
  const adapter = adapterOf(kind)
  if (!adapter) throw notFound()
  // The address first: a stranger's body is not even read.
  const known = await openProvider(kind, token, circumstance)
  const { requestId } = circumstance
  const foundAt = performance.now()
  // A form holds no transcript; and where nothing is proven nobody gets more room than a stranger.
  const mayBeLarge = adapter.body === 'json' && adapter.authenticity(known.settings) !== 'unsigned'
  const room = mayBeLarge ? { most: mostEventBytes, whose: known.organisation.id } : undefined
  const raw = await rawBody(request, room).catch((failure: unknown) => {
    if (failure instanceof AppError && failure.code === 'too_large')
      noteRejected(known, { reason: 'too_large', requestId })
    throw failure
  })
  // Whoever began long ago began under a secret, and at an address, that may be gone.
  const isFresh = performance.now() - foundAt < freshMs
  const found = isFresh ? known : await openProvider(kind, token, circumstance)
  const verdict = verdictOf(adapter, found, request, raw)
  if (!verdict.ok) {
    noteRejected(found, { reason: verdict.reason, requestId })
    throw await refused(found, verdict.reason, circumstance)
  }
  await takeInHand(request)
  return {
    actor: mintProvider({
      kind: 'provider',
      id: found.id,
      provider: found.kind,
      environment: found.environment,
      settings: found.settings,
      organisation: found.organisation,
    }),
    raw,
    parse: (contentType) => (adapter.body === 'form' ? formFrom(raw, contentType) : jsonFrom(raw, contentType)),
    settle(failure) {
      const reason = failure && reasonOf(failure.code)
      if (!failure) noteAccepted(found)
      else if (reason) noteRejected(found, { reason, requestId })
    },
  }
}

/** @throws AppError not_found where there is none, or it is switched off */
async function openProvider(kind: string, token: string, { requestId }: Circumstance): Promise<FoundProvider> {
  const found = await findProvider(kind, token)
  if (!found) throw notFound()
  if (!found.isDisabled) return found
  noteRejected(found, { reason: 'disabled', requestId })
  throw notFound()
}

/** By the secret it has now, or within its day by the one before; a refusal is told by the newest. */
function verdictOf(adapter: Adapter, found: FoundProvider, request: Request, rawBytes: Buffer): Verdict {
  const { settings, secrets } = found
  const given = { rawBody: rawBytes, headers: request.headers, url: publicUrl(request), settings, now: new Date() }
  const verdicts = secrets.map((secret) => adapter.verify({ ...given, secret }))
  return verdicts.find(({ ok }) => ok) ?? verdicts[0] ?? { ok: false, reason: 'mismatch' }
}

async function refused(found: FoundProvider, reason: RejectionReason, circumstance: Circumstance): Promise<AppError> {
  const error = new AppError('invalid_signature', 'The signature does not match this body and time.', { why: reason })
  if (take(`hook-refusal|${found.id}`, entriesPerMinute, 60).isAllowed) {
    await recordRefusal({
      organisation: found.organisation.id,
      actor: mintNobody(),
      circumstance,
      useCase: 'calls.receive-provider-event',
      error,
      facts: { provider: found.id, reason },
    })
  }
  return error
}

/** Why an event whose sender was right was turned away all the same; null for what was our own fault. */
function reasonOf(code: ErrorCode): RejectionReason | null {
  if (code === 'invalid_input') return 'unreadable'
  if (code === 'unsupported_type') return 'wrong_type'
  if (code === 'forbidden') return 'suspended'
  return code === 'rate_limited' ? 'too_many' : null
}
