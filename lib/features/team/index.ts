import 'server-only'

export { addMember } from './add-member.ts'
export { listMembers } from './list-members.ts'
