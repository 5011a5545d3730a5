/** Words of any form. */
export const acts = {
  lost: 'The server did not answer. See that you are online, then try again.',
  requestId: 'Request id',
  cancel: 'Cancel',
  save: 'Save',
} as const
