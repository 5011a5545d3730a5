'use server'

import { acceptInvitationAction as accept } from '#lib/transport/invitation-door'

export const acceptInvitationAction = accept
