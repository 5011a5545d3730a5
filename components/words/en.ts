import { acts } from './en-acts.ts'
import { audit } from './en-audit.ts'
import { calls } from './en-calls.ts'
import { developers } from './en-developers.ts'
import { operators } from './en-operators.ts'
import { organisations } from './en-organisations.ts'
import { overview } from './en-overview.ts'
import { settings } from './en-settings.ts'
import { shell } from './en-shell.ts'
import { signIn } from './en-sign-in.ts'
import { invitation, signUp } from './en-sign-up.ts'
import { states } from './en-states.ts'
import { team } from './en-team.ts'

export const en = {
  locale: 'en-GB',
  product: 'Orinode',
  tagline: 'The dashboard and control plane for AI voice agents that answer phones.',
  acts,
  audit,
  calls,
  developers,
  operators,
  organisations,
  overview,
  settings,
  shell,
  signIn,
  signUp,
  invitation,
  states,
  team,
  home: {
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
  },
} as const
