import 'server-only'

import type { z } from 'zod'

import type { UseCase } from '../guard/use-case.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { errorFacts, log } from '../platform/log.ts'
import { runAsSystem } from './system.ts'

export interface Job {
  readonly name: string
  readonly everySeconds: number
  run(): Promise<void>
}

interface Schedule<Input extends z.ZodType> {
  everySeconds: number
  input: z.input<Input>
  /** Which organisations have something to do now. */
  where: () => Promise<readonly OrganisationId[]>
}

/** A use case as a chore of the worker: run in each organisation that needs it, one failure keeping no other from its turn. */
export function job<Input extends z.ZodType, Output extends z.ZodType>(
  useCase: UseCase<Input, Output>,
  schedule: Schedule<Input>,
): Job {
  return {
    name: useCase.name,
    everySeconds: schedule.everySeconds,
    async run() {
      for (const organisation of await schedule.where()) {
        try {
          await runAsSystem(useCase, schedule.input, { process: 'worker', organisation })
        } catch (error) {
          log.error('a job failed', { job: useCase.name, organisation, ...errorFacts(error) })
        }
      }
    },
  }
}
