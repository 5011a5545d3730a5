export const signUp = {
  title: 'Open an account',
  lead: 'Your organisation gets keys of its own, and callers are masked from the first call.',
  organisation: 'Organisation',
  country: 'Country',
  countryHelp: (currency: string, timeZone: string, law: string) =>
    `${currency}, ${timeZone.replaceAll('_', ' ')}, ${law}`,
  name: 'Your name',
  email: 'E-mail',
  password: 'Password',
  passwordHelp: 'At least 8 characters; longer is better. If you have an account already, its own password.',
  submit: 'Open the account',
  haveOne: 'You have an account?',
  signIn: 'Sign in',
  doneTitle: 'Your account is open',
  done: 'Sign in with the e-mail and password you just gave.',
} as const

export const invitation = {
  title: 'You are invited',
  to: (organisation: string, role: string) => `${organisation} asks you in as ${role}.`,
  roles: { owner: 'owner', admin: 'admin', agent: 'agent' } as Record<string, string>, // asked with words from outside: undefined for one we lack
  nameHelp: 'Only if you are new here.',
  accept: 'Accept',
  doneTitle: 'You are in',
  goneTitle: 'This invitation is no longer open',
  gone: 'It was used, withdrawn or has run out. Ask whoever sent it for a new one.',
} as const
