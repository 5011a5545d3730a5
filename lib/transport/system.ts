import 'server-only'

import type { z } from 'zod'

import { mintSystem } from '../guard/actors.ts'
import { run } from '../guard/run.ts'
import type { UseCase } from '../guard/use-case.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { newId } from '../kernel/ids.ts'

/** Runs a use case as one of our own processes, in one organisation: chores, seeding, command-line tools. */
export async function runAsSystem<Input extends z.ZodType, Output extends z.ZodType>(
  useCase: UseCase<Input, Output>,
  input: z.input<Input>,
  { process, organisation }: { process: string; organisation: OrganisationId },
): Promise<z.output<Output>> {
  const actor = mintSystem({ kind: 'system', id: null, process, organisation: { id: organisation, country: 'NG', masking: true, isSuspended: false } })
  const circumstance = { requestId: newId<'request'>(), address: 'local', userAgent: process }
  return (await run(useCase, actor, input, circumstance)).value
}
