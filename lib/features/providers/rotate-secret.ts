import { and, eq } from 'drizzle-orm'

import { provider } from '#drizzle/schema/provider'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'
import { sealed } from '../../vault/columns.ts'
import { adapters } from './adapters/registry.ts'
import { loadProvider } from './load-provider.ts'
import { secretFor } from './secret-for.ts'
import { RotatedSecret, RotateSecret } from './shapes.ts'

const overlapMs = 24 * 3_600_000

/** Another secret. The one before it counts for a day longer, so that no event is lost between here and the provider. */
export const rotateSecret = command({
  name: 'providers.rotate-secret',
  allow: 'config.manage',
  limit: perActor(20, 'hour'),
  audit: 'provider.secret-rotated',
  input: RotateSecret,
  output: RotatedSecret,
  async run({ input, tx, organisation: org, vault, now }) {
    const { id, kind, settings, secretSealed } = await loadProvider(tx, org, input.id)
    const authenticity = adapters[kind].authenticity(settings)
    const secret = secretFor({ kind, settings, authenticity, given: input.secret })
    if (!secret || !secretSealed)
      throw new AppError(
        'conflict',
        'Nothing signs these events, so there is no secret. Add a new address, then switch this one off.',
      )
    const old = vault.open(sealed.provider.secret, id, secretSealed)
    if (old === secret.text) throw new AppError('conflict', 'This is the secret it has already.')
    const until = input.keep_previous ? new Date(now.getTime() + overlapMs) : null
    await tx
      .update(provider)
      .set({
        secretSealed: vault.seal(sealed.provider.secret, id, secret.text),
        previousSecretSealed: until && vault.seal(sealed.provider.previousSecret, id, old),
        previousSecretUntil: until,
      })
      .where(and(eq(provider.org, org), eq(provider.id, id)))
    return recorded(
      { id, secret: secret.isMade ? secret.text : null, previous_until: until?.toISOString() ?? null },
      { target: id, facts: { kind, keeps_previous: input.keep_previous } },
    )
  },
})
