export { acts } from './en-acts.ts'
export { audit } from './en-audit.ts'
export { agents } from './en-agents.ts'
export { callPage } from './en-call-page.ts'
export { calls } from './en-calls.ts'
export { developers } from './en-developers.ts'
export { hours } from './en-hours.ts'
export { knowledge } from './en-knowledge.ts'
export { numbers } from './en-numbers.ts'
export { operators } from './en-operators.ts'
export { organisations } from './en-organisations.ts'
export { overview } from './en-overview.ts'
export { providers } from './en-providers.ts'
export { settings } from './en-settings.ts'
export { shell } from './en-shell.ts'
export { signIn } from './en-sign-in.ts'
export { invitation, signUp } from './en-sign-up.ts'
export { states } from './en-states.ts'
export { team } from './en-team.ts'
export { work } from './en-work.ts'

export const locale = 'en-GB'
export const product = 'Orinode'
export const tagline = 'The dashboard and control plane for AI voice agents that answer phones.'

export const home = {
  title: 'Your AI agents answer the phone. You see what happened, and decide who else does.',
  lead: 'Orinode is a dashboard and security control plane for businesses in Africa whose phones are answered by AI voice agents.',
  points: [
    {
      title: 'Callers stay masked',
      text: 'A caller appears as +234 *** *** 789. With masking on, the digits are not stored.',
    },
    {
      title: 'One list of calls, live',
      text: 'Each call with its outcome, its transcript and its cost, as your voice provider reports it.',
    },
    {
      title: 'Everyone sees only their part',
      text: 'A person’s role decides which rooms they may enter. Each time a transcript is read, it is written down.',
    },
  ],
  maskedExample: '+234 *** *** 789',
  signIn: 'Sign in',
  signUp: 'Open an account',
} as const
