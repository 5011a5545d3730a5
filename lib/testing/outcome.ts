import type { AppError } from '../kernel/app-error.ts'

/** How something that was asked for went: `done`, or the code it was refused with. */
export function outcomeOf(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => 'done',
    (error: AppError) => error.code,
  )
}
