'use server'

import { reconcileCalls } from '#lib/features/calls/index'
import {
  addProvider,
  disableProvider,
  enableProvider,
  renameProvider,
  rotateSecret,
  tryMapping,
} from '#lib/features/providers/index'
import { action } from '#lib/transport/action'

export const addProviderAction = action(addProvider)
export const renameProviderAction = action(renameProvider)
export const rotateSecretAction = action(rotateSecret)
export const disableProviderAction = action(disableProvider)
export const enableProviderAction = action(enableProvider)
export const tryMappingAction = action(tryMapping)
export const reconcileCallsAction = action(reconcileCalls)
