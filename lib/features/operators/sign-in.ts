import { z } from 'zod'

import { perAddress } from '../../guard/limits.ts'
import { command } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'
import { settings } from '../../platform/env.ts'
import { OperatorSignIn } from './shapes.ts'

/** Operators have no accounts yet, so nobody is let in; each try is limited and written down like any other. */
export const operatorSignIn = command({
  name: 'operators.sign-in',
  allow: 'anyone',
  limit: perAddress(settings().LOGIN_LIMIT, settings().LOGIN_WINDOW_SECONDS),
  audit: 'operator-session.started',
  input: OperatorSignIn,
  output: z.object({}),
  run: () =>
    Promise.reject(new AppError('auth_required', 'That e-mail and password do not match an operator account.')),
})
