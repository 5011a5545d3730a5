import 'server-only'

import { adapterOf, findProvider } from '#lib/features/providers/index'

import { mintNobody, mintProvider } from '../guard/actors.ts'
import { recordRefusal } from '../guard/refusal.ts'
import type { Circumstance, ProviderActor } from '../kernel/actor.ts'
import { AppError, notFound } from '../kernel/app-error.ts'

/**
 * The provider whose address was called and whose signature covers these very bytes.
 * @throws AppError not_found for an address we never gave out, invalid_signature for anything forged, stale or unsigned
 */
export async function providerActor(
  request: Request,
  { kind, token }: { kind: string; token: string },
  raw: Buffer,
  circumstance: Circumstance,
): Promise<ProviderActor> {
  const adapter = adapterOf(kind)
  const found = adapter && (await findProvider(kind, token))
  if (!adapter || !found) throw notFound()
  const verdict = adapter.verify({ rawBody: raw, headers: request.headers, secret: found.secret, now: new Date() })
  if (!verdict.ok) {
    const error = new AppError('invalid_signature', 'The signature does not match this body and time.', {
      why: verdict.reason,
    })
    await recordRefusal({
      organisation: found.organisation.id,
      actor: mintNobody(),
      circumstance,
      useCase: 'calls.receive-provider-event',
      error,
      facts: { provider: found.id, reason: verdict.reason },
    })
    throw error
  }
  return mintProvider({
    kind: 'provider',
    id: found.id,
    provider: found.kind,
    environment: found.environment,
    organisation: found.organisation,
  })
}
