/** Words of any form. */
export const acts = {
  lost: 'The server did not answer. See that you are online, then try again.',
  requestId: 'Request id',
  cancel: 'Cancel',
  save: 'Save',
  name: 'Name',
  rename: 'Rename',
  renamed: 'Renamed',
  undone: 'Undone: it is as it was before.',
  notUndone: (why: string) => `Not undone. ${why}`,
} as const
