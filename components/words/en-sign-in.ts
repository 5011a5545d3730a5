import { pluralIn } from './plural.ts'

// Marked so that a page which does not name these words does not carry them.
const plural = /* @__PURE__ */ pluralIn('en-GB')

/** `14 minutes`, `40 seconds`: rounded up, so that nobody comes back too early. */
function waitWords(seconds: number): string {
  return seconds >= 60
    ? plural(Math.ceil(seconds / 60), { one: '# minute', other: '# minutes' })
    : plural(Math.max(1, Math.ceil(seconds)), { one: '# second', other: '# seconds' })
}

export const signIn = {
  title: 'Sign in',
  email: 'E-mail address',
  password: 'Password',
  submit: 'Sign in',
  submitting: 'Signing in…',
  refused: 'The email address or the password is not right. Check both and try again.',
  limited: (seconds: number) => `Too many tries. You can try again in ${waitWords(seconds)}.`,
  waiting: (clock: string) => `Try again in ${clock}`,
  unlocked: 'You can try again now.',
  unreachable: 'We could not reach the server. Check your connection and try again.',
  failed: 'We could not sign you in just now. Try again in a moment.',
  emailMissing: 'Type the email address of your account.',
  passwordMissing: 'Type your password.',
  help: 'Lost your password? Ask whoever runs this installation.',
  noAccount: 'No account?',
  signUp: 'Open an organisation',
} as const
