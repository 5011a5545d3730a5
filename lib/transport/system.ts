import 'server-only'

import { eq } from 'drizzle-orm'
import type { z } from 'zod'

import { organisation as organisationTable } from '#drizzle/schema/organisation'

import { openPlatform } from '#lib/features/organisations/index'

import { mintSystem } from '../guard/actors.ts'
import { foundOrganisation, hasKeys } from '../guard/found-organisation.ts'
import { hub, startHearing } from '../guard/live-hub.ts'
import { run } from '../guard/run.ts'
import type { UseCase } from '../guard/use-case.ts'
import { platformOrganisation, type SystemActor } from '../kernel/actor.ts'
import { newId, type OrganisationId } from '../kernel/ids.ts'
import { isLostTypeQuery } from '../platform/db/lost-type-query.ts'
import { pool, refuseStrongLogin, setProcessRole } from '../platform/db/pool.ts'
import type { LoginRole } from '../platform/db/roles.ts'
import { readAsOrganisation } from '../platform/db/transaction.ts'
import { openProcessKms } from '../platform/kms/process-kms.ts'
import { purgeOrganisation } from '../vault/key-cache.ts'

/** Runs a use case as one of our own processes, in one organisation: chores, seeding, command-line tools. */
export async function runAsSystem<Input extends z.ZodType, Output extends z.ZodType>(
  useCase: UseCase<Input, Output>,
  input: z.input<Input>,
  { process, organisation }: { process: string; organisation: OrganisationId },
): Promise<z.output<Output>> {
  const actor = mintSystem({ kind: 'system', id: null, process, organisation: await actingIn(organisation) })
  const circumstance = { requestId: newId<'request'>(), address: 'local', userAgent: process }
  return (await run(useCase, actor, input, circumstance)).value
}

/** The organisation as it is now; strict defaults for one that is just being founded. */
async function actingIn(id: OrganisationId): Promise<SystemActor['organisation']> {
  const [[row]] = await readAsOrganisation(id, (tx) => [
    tx.select().from(organisationTable).where(eq(organisationTable.id, id)),
  ])
  return {
    id,
    country: row?.country ?? 'NG',
    masking: row?.masking ?? true,
    isSuspended: row?.suspendedAt !== null && row !== undefined,
  }
}

export { foundOrganisation }

/**
 * What every main that touches the database does first: its login (refused when it is too strong), its key service,
 * and the platform's own keys, made by whichever process is first.
 */
export async function startProcess(role: LoginRole, process: string): Promise<void> {
  outliveLostTypeQueries()
  setProcessRole(role)
  await refuseStrongLogin(pool())
  const isOpen = await hasKeys(platformOrganisation)
  await openProcessKms(isOpen)
  if (!isOpen) await openPlatformOnce(process)
}

/** Two processes may start at once: the one that comes second drops the keys it made and uses the first one's. */
async function openPlatformOnce(process: string): Promise<void> {
  const keys = await foundOrganisation(platformOrganisation)
  if (!keys) return
  try {
    await runAsSystem(openPlatform, { keys }, { process, organisation: platformOrganisation })
  } catch (error) {
    purgeOrganisation(platformOrganisation)
    if (!(await hasKeys(platformOrganisation))) throw error
  }
}

export { startHearing }

/** Said before a web process drains: an open stream would keep it waiting. */
export function endStreams(): void {
  for (const leave of hub().onLeave) leave()
}

const shared = globalThis as typeof globalThis & { orinodeOutlives?: true }

/** A database that goes away at the wrong moment ends no process; any other rejection nobody handled still does. */
function outliveLostTypeQueries(): void {
  if (shared.orinodeOutlives) return
  shared.orinodeOutlives = true
  process.on('unhandledRejection', (error) => {
    if (!isLostTypeQuery(error)) throw error
  })
}
