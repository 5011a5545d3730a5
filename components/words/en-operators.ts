export const operators = {
  title: 'Operator sign-in',
  note: 'Operators have no accounts here yet, so nobody is let in. Every try is limited and written to the audit log.',
} as const
