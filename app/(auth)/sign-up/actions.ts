'use server'

import { signUpAction as openAccount } from '#lib/transport/sign-up-door'

export const signUpAction = openAccount
