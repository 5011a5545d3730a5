import { z } from 'zod'

import { isUuid } from '../../kernel/ids.ts'
import { keyScopes } from '../../kernel/key-scope.ts'
import { holdsNoNumber } from '../../kernel/redaction.ts'

export const Scope = z.enum(keyScopes)
export type Scope = z.infer<typeof Scope>

const KeyName = z.string().trim().min(1).max(120).refine(holdsNoNumber, 'must hold no phone number')

export const CreateKey = z.strictObject({
  name: KeyName,
  environment: z.enum(['live', 'test']),
  scopes: z
    .array(Scope)
    .min(1, 'choose at least one')
    .refine((list) => new Set(list).size === list.length, 'must name each scope once'),
  lifetime_days: z.int().min(1).max(365).default(90),
})

/** Shown this once; only its hash is kept. */
export const CreatedKey = z.object({ id: z.string(), key: z.string() })

export const OneKey = z.strictObject({ id: z.string().refine(isUuid, 'must be the id of a key') })
export const RenameKey = OneKey.extend({ name: KeyName })

export const Keys = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      environment: z.enum(['live', 'test']),
      last4: z.string(),
      scopes: z.array(z.string()),
      created_at: z.string(),
      expires_at: z.string().nullable(),
      revoked_at: z.string().nullable(),
      state: z.enum(['active', 'expired', 'revoked']),
    }),
  ),
  /** How many the plan holds; null: any number. */
  most: z.number().nullable(),
})
export type Keys = z.infer<typeof Keys>
