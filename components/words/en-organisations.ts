export const organisations = {
  title: 'Where to?',
  none: 'You belong to no organisation',
  noneText: 'An owner or admin can invite you to theirs, or you can open one of your own.',
  signedInAs: (email: string) => `Signed in as ${email}`,
  roles: { owner: 'Owner', admin: 'Admin', agent: 'Agent' },
} as const
