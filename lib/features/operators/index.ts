export { operatorSignIn } from './sign-in.ts'
