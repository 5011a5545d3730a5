import 'server-only'

export { findMembership, findSession } from './find-session.ts'
export { hashPassword, verifyPassword } from './password.ts'
export { listMyOrganisations } from './list-my-organisations.ts'
export { lifetimeSeconds } from './session.ts'
export { signIn } from './sign-in.ts'
export { signOut } from './sign-out.ts'
export { showFrame } from './show-frame.ts'
