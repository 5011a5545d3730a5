import 'server-only'

import type { z } from 'zod'

import type { UseCase } from '../guard/use-case.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { asOrganisation } from '../platform/db/transaction.ts'
import type { AskedJob } from '../platform/jobs/askable-jobs.ts'
import { enqueue } from '../platform/jobs/enqueue.ts'
import type { Handler, Schedule } from '../platform/jobs/start-jobs.ts'
import { errorFacts, log } from '../platform/log.ts'
import { runAsSystem } from './system.ts'

/** A use case as the work of an asked-for job: run by the system in the organisation whose transaction asked, never in another. */
export function job<Input extends z.ZodType, Output extends z.ZodType>(useCase: UseCase<Input, Output>): Handler {
  return async (organisation, payload) => {
    // Whatever it holds: the gate parses it with the use case's own input.
    const input = payload as z.input<Input>
    await runAsSystem(useCase, input, { process: 'worker', organisation })
  }
}

/** By the clock, asks for a job in each organisation that has something to do: each is tried again by itself. */
export function jobInEach(
  schedule: Pick<Schedule, 'name' | 'cron'>,
  where: () => Promise<readonly OrganisationId[]>,
  asked: AskedJob,
): Schedule {
  return {
    ...schedule,
    async run() {
      for (const organisation of await where()) await asOrganisation(organisation, (tx) => enqueue(tx, asked))
    },
  }
}

/** By the clock, runs a use case in each organisation named, as often as it is named until it fails there; that keeps no other from its turn, and the chore is tried again. */
export function runInEach<Input extends z.ZodType, Output extends z.ZodType>(
  schedule: Pick<Schedule, 'name' | 'cron'>,
  where: () => Promise<readonly OrganisationId[]>,
  useCase: UseCase<Input, Output>,
  input: z.input<Input>,
): Schedule {
  return {
    ...schedule,
    async run() {
      const failed = new Set<OrganisationId>()
      for (const organisation of await where()) {
        if (failed.has(organisation)) continue
        try {
          await runAsSystem(useCase, input, { process: 'worker', organisation })
        } catch (error) {
          failed.add(organisation)
          log.error('a chore failed', { chore: schedule.name, organisation, ...errorFacts(error) })
        }
      }
      if (failed.size > 0) throw new Error(`${schedule.name} failed in ${failed.size} organisations`)
    },
  }
}
