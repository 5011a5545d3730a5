export { memberSignIn as POST } from '#lib/transport/member-sign-in'
