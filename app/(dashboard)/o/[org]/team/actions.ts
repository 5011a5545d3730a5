'use server'

import {
  createInvitation,
  restoreMember,
  revokeInvitation,
  setRole,
  setToggles,
  suspendMember,
} from '#lib/features/team/index'
import { action } from '#lib/transport/action'

export const inviteAction = action(createInvitation)
export const withdrawAction = action(revokeInvitation)
export const setRoleAction = action(setRole)
export const setTogglesAction = action(setToggles)
export const suspendAction = action(suspendMember)
export const restoreAction = action(restoreMember)
