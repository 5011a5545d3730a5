export const settings = {
  title: 'Settings',
  organisation: 'Organisation',
  name: 'Name',
  country: 'Country',
  region: 'Keys kept in',
  thisMachine: 'A file on this machine, not in AWS',
  timeZone: 'Time zone',
  currency: 'Currency',
  languages: 'Languages',
  hours: 'Hours',
  closed: 'closed',
  plan: 'Plan',
  planHelp: 'Whoever runs this installation sets it.',
  plans: { starter: 'Starter', growth: 'Growth', enterprise: 'Enterprise' },
  days: { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' },
  masking: 'Masking',
  maskingOn: 'On: the digits of callers are not stored',
  maskingOff: 'Off: the digits of callers are stored, sealed',
  maskingOnText:
    'Numbers spoken or typed in a call are removed too before anything is kept. Recorded sound is not changed: it may hold numbers.',
  maskingOffText:
    'Who may see phone numbers can reveal one, for a reason that is written into the audit log. A number spoken in a call stands in its transcript, for the same people.',
  held: (count: number) =>
    count === 1
      ? 'One earlier call still holds sealed digits. Nobody can reveal them while masking is on; removing them for good is not built yet.'
      : `${count} earlier calls still hold sealed digits. Nobody can reveal them while masking is on; removing them for good is not built yet.`,
  switchOn: 'Switch masking on',
  switchOff: 'Switch masking off',
  onTitle: 'Switch masking on?',
  offTitle: 'Switch masking off?',
  onText:
    'From the next call on no digits are stored, and there is no getting back what was not stored. Calls already here keep their sealed digits.',
  offText:
    'From the next call on the digits of callers are stored, sealed. Members who may see phone numbers can reveal them one by one, and read the numbers spoken in a call in its transcript.',
  typeName: (name: string) => `Type “${name}” to go on`,
  ownerOnly: 'Only an owner can switch masking.',
  switched: 'Switched. It holds from the next call on.',
} as const
