import { z } from 'zod'

import { isUuid } from '../../kernel/ids.ts'
import { areaPermissions } from '../../kernel/permission.ts'
import { Email } from '../identity/shapes.ts'

const Role = z.enum(['owner', 'admin', 'agent'])
const Id = z.string().refine(isUuid, 'must be an id')
const Name = z.string().trim().min(1).max(120)
/** No composition rules: length is what counts. */
const NewPassword = z.string().min(8, 'use at least 8 characters').max(128, 'use at most 128 characters')

export const AddMember = z.strictObject({
  email: Email,
  name: Name,
  role: Role,
  /** For the demo cast and a first owner only: people otherwise set their own through an invitation. */
  password: NewPassword.optional(),
})

export const AddedMember = z.object({ member_id: z.string(), person_id: z.string(), is_new_person: z.boolean() })

export const OneMember = z.strictObject({ id: Id })
export const ChangedMember = z.object({ id: z.string() })

export const SetRole = z.strictObject({ id: Id, role: Role })

export const SetToggles = z.strictObject({
  id: Id,
  toggles: z
    .array(z.strictObject({ permission: z.enum(areaPermissions), effect: z.enum(['allow', 'deny', 'inherit']) }))
    .min(1)
    .max(areaPermissions.length)
    .refine(
      (list) => new Set(list.map(({ permission }) => permission)).size === list.length,
      'must name each permission once',
    ),
})

export const CreateInvitation = z.strictObject({ email: Email, role: Role })
/** The link is shown this once. */
export const CreatedInvitation = z.object({ id: z.string(), path: z.string(), expires_at: z.string() })
export const OneInvitation = z.strictObject({ id: Id })

/** What the form of an invitation's page sends, and what its door adds. */
export const AcceptInvitation = z.strictObject({
  id: Id,
  email: Email,
  name: Name.optional(),
  password: NewPassword,
})
export const AcceptedInvitation = z.object({ member_id: z.string(), is_new_person: z.boolean() })

export const Members = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      email: z.string(),
      name: z.string(),
      role: Role,
      since: z.string(),
      is_suspended: z.boolean(),
      is_self: z.boolean(),
      permissions: z.array(
        z.object({
          permission: z.enum(areaPermissions),
          own: z.enum(['allow', 'deny']).nullable(),
          decision: z.enum(['allow', 'deny']),
          layer: z.enum(['guardrail', 'owner', 'member', 'group', 'role', 'none']),
          source: z.string(),
        }),
      ),
    }),
  ),
  invitations: z.array(
    z.object({
      id: z.string(),
      email: z.string(),
      role: Role,
      expires_at: z.string(),
      is_expired: z.boolean(),
    }),
  ),
  /** How many the plan holds; null: any number. */
  most: z.number().nullable(),
})
export type Members = z.infer<typeof Members>
