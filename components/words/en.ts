import { calls } from './en-calls.ts'
import { operators } from './en-operators.ts'
import { organisations } from './en-organisations.ts'
import { shell } from './en-shell.ts'
import { signIn } from './en-sign-in.ts'
import { states } from './en-states.ts'

export const en = {
  locale: 'en-GB',
  product: 'Orinode',
  tagline: 'The dashboard and control plane for AI voice agents that answer phones.',
  calls,
  operators,
  organisations,
  shell,
  signIn,
  states,
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
    who: 'There is no sign-up yet: whoever runs this installation opens accounts.',
  },
} as const
