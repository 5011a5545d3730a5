'use server'

import { operatorSignIn } from '#lib/features/operators/index'
import { operatorAction } from '#lib/transport/operator-action'

export const signInAction = operatorAction(operatorSignIn)
