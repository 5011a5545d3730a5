export const states = {
  loading: 'Loading…',
  tryAgain: 'Try again',
  tryAgainIn: (clock: string) => `Try again in ${clock}`,
  requestId: 'Request id',
  error: {
    title: 'Something went wrong on our side',
    text: 'Nothing you did caused this, and nothing was changed. Try again; if it stays, send us the request id.',
  },
  tooMany: {
    title: 'That was a lot at once',
    text: 'You asked for more in a minute than we allow. Nothing is lost: wait a moment, then go on.',
  },
  unavailable: {
    title: 'We cannot answer just now',
    text: 'Our server does not reach its database. Nothing is lost, and we try again by ourselves.',
  },
  notFound: {
    title: 'There is nothing here',
    text: 'The address may be mistyped, or what it led to has gone.',
  },
  notAllowed: {
    title: 'You may not see this',
    text: 'Neither your role nor your own settings open this room.',
    helpers: (names: string) => `${names} can change that.`,
    someone: 'An owner or admin of your organisation can change that.',
    back: 'Go back',
  },
  signedOut: {
    title: 'You are signed out',
    text: 'Your session has ended, so we stopped showing what was here.',
    signIn: 'Sign in again',
  },
  offline: {
    title: 'You are offline',
    queued: (text: string) => `${text} will be sent when you are back.`,
    nothingQueued: 'You see what was loaded before. Nothing is waiting to be sent.',
  },
  suspended: {
    title: 'This organisation is suspended',
    text: 'Nobody can open its rooms, and its keys and providers are refused, until it is opened again.',
  },
  keyDisabled: {
    title: 'The encryption key is disabled',
    text: 'Names, numbers and transcripts cannot be opened until the key is enabled again. Nothing is lost.',
  },
  planLimit: {
    title: 'You have reached the limit of your plan',
    text: 'Calls are still answered and stored. Raise the limit to see them here.',
  },
  partial: {
    title: 'Some of this could not be loaded',
    text: 'What you see is right, but not all of it.',
  },
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Select the text and copy it yourself: the browser did not let us.',
  secret: {
    warning: 'This is shown once. Store it now: no screen will show it again.',
    stored: 'I have stored it',
    label: 'Secret',
  },
  showPassword: 'Show password',
  hidePassword: 'Hide password',
} as const
