import 'server-only'

import { AppError } from '../kernel/app-error.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { send, type Tx } from '../platform/db/transaction.ts'

/** Masking is not any more as the actor was told. `masking` is how it is. */
export class MaskingSwitched extends AppError {
  readonly masking: boolean

  constructor(masking: boolean) {
    super('unavailable', 'A setting changed just now. Try again.', {
      retryAfterSeconds: 1,
      why: 'masking was switched meanwhile',
    })
    this.masking = masking
  }
}

const lockOf = (organisation: OrganisationId): string => `masking of ${organisation}`

/**
 * Until commit nobody switches masking; shared, so that no call waits for another.
 * @throws MaskingSwitched: what was cleaned for one way must not be kept the other
 */
export async function holdMasking(tx: Tx, organisation: OrganisationId, masking: boolean): Promise<void> {
  // Two statements: one that waits for its lock still sees how things were before it waited.
  const [, [now]] = await Promise.all([
    send(tx, 'select pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [lockOf(organisation)]),
    send<{ masking: boolean }>(tx, 'select masking from organisation where id = $1::uuid', [organisation]),
  ])
  if (now?.masking !== masking) throw new MaskingSwitched(now?.masking ?? true)
}

/** Waits for everybody who is writing; whoever comes later sees the switch. */
export async function lockMasking(tx: Tx, organisation: OrganisationId): Promise<void> {
  await send(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [lockOf(organisation)])
}
