import { z } from 'zod'

export const OperatorSignIn = z.strictObject({ email: z.string().max(254), password: z.string().max(1_024) })
