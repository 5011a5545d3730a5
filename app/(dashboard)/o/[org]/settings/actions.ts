'use server'

import { setMasking } from '#lib/features/organisations/index'
import { action } from '#lib/transport/action'

export const setMaskingAction = action(setMasking)
