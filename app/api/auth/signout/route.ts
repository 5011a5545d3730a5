export { memberSignOut as POST } from '#lib/transport/member-sign-out'
