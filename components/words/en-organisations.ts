export const organisations = {
  title: 'Where to?',
  none: 'You belong to no organisation',
  noneText: 'Whoever runs this installation adds people to organisations. Ask them.',
  signedInAs: (email: string) => `Signed in as ${email}`,
  roles: { owner: 'Owner', admin: 'Admin', agent: 'Agent' },
} as const
