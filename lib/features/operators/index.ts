import 'server-only'

export { operatorSignIn } from './sign-in.ts'
