import { z } from 'zod'

import { Email } from '../identity/shapes.ts'

export const AddMember = z.strictObject({
  email: Email,
  name: z.string().min(1).max(120),
  role: z.enum(['owner', 'admin', 'agent']),
  /** For the demo cast and a first owner only: people otherwise set their own through an invitation. */
  password: z.string().min(8).max(128).optional(),
})

export const AddedMember = z.object({ member_id: z.string(), person_id: z.string(), is_new_person: z.boolean() })

export const Members = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      email: z.string(),
      name: z.string(),
      role: z.enum(['owner', 'admin', 'agent']),
      is_suspended: z.boolean(),
    }),
  ),
})
