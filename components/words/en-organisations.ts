export const organisations = {
  title: 'Where to?',
  none: 'You belong to no organisation',
  noneText: 'An owner or admin can invite you. Ask them for a link.',
  roles: { owner: 'Owner', admin: 'Admin', agent: 'Agent' },
} as const
