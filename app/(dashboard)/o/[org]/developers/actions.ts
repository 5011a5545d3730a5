'use server'

import { createKey, renameKey, revokeKey } from '#lib/features/api-keys/index'
import { action } from '#lib/transport/action'

export const createKeyAction = action(createKey)
export const renameKeyAction = action(renameKey)
export const revokeKeyAction = action(revokeKey)
