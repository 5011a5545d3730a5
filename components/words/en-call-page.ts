import { pluralIn } from './plural.ts'

// Marked so that a page which does not name these words does not carry them.
const plural = /* @__PURE__ */ pluralIn('en-GB')

const latencies: Record<string, string> = {
  asr: 'to understand speech',
  llm: 'to think of an answer',
  llm_websocket_network_rtt: 'on the way to the model and back',
  tts: 'to begin speaking',
  s2s: 'from speech to speech',
  knowledge_base: 'to look things up',
}

/** One call, where people work on it. */
export const callPage = {
  title: 'Call',
  neighbours: 'Calls next to this one',
  newer: 'Newer call (k)',
  older: 'Older call (j)',
  player: {
    title: 'Recording',
    play: 'Play',
    pause: 'Pause',
    place: 'Place in the recording',
    speed: 'Speed',
    times: (speed: number) => `${speed}×`,
    at: (now: string, whole: string) => `${now} of ${whole}`,
    size: (size: string) => `${size} to load`,
    unknownLength: 'length not known',
    keys: 'Space plays and pauses, arrows move by 5 seconds.',
    /** What masking does and does not do to sound. */
    mayHoldNumbers: 'The sound may contain numbers that were spoken: they are removed from text, not from recordings.',
    none: 'No recording',
    noneText: 'Nobody has sent one for this call.',
    elsewhere: 'The recording is with the provider',
    elsewhereText: 'We have its address but not the sound. Upload it to listen here.',
    deleted: 'The recording was deleted.',
    delete: 'Delete recording',
    deleteTitle: 'Delete this recording?',
    deleteText:
      'Its key is destroyed at once, so nobody can open it again, you included. Whoever is listening hears no more than their browser has already loaded. The transcript stays. There is no way back.',
    failures: {
      401: 'You are signed out. Sign in to listen.',
      403: 'You may not listen to this any more.',
      404: 'The recording is not there any more.',
      423: 'The encryption key is disabled, so the recording cannot be opened.',
      429: 'Too many tries. Wait a little, then press play.',
      other: 'The recording did not load. Press play to try again.',
      odd: 'This browser cannot play the recording.',
    },
    retry: 'Try again',
  },
  timeline: {
    title: 'Who spoke when',
    summary: (caller: number, agent: number) =>
      `${plural(caller, { one: 'The caller spoke once', other: 'The caller spoke # times' })}, ${plural(agent, { one: 'the agent once', other: 'the agent # times' })}.`,
    caller: 'Caller',
    agent: 'Agent',
  },
  work: {
    title: 'What came of it',
    outcome: 'Outcome',
    suggestions: ['Resolved', 'Call back', 'Booked', 'Complaint', 'Not interested', 'Wrong number'],
    other: 'Other…',
    otherLabel: 'Outcome in your words',
    set: 'Set',
    success: 'Did the call reach its goal?',
    yes: 'Yes',
    no: 'No',
    byPerson: 'Said by a person: events no longer change it.',
    outcomeSet: (outcome: string) => `Outcome: ${outcome}`,
    outcomeCleared: 'Outcome removed',
    goalReached: 'Goal reached',
    goalMissed: 'Goal not reached',
    goalOpen: 'Goal left open',
  },
  notes: {
    title: 'Notes',
    none: 'No notes yet.',
    label: 'Write a note',
    placeholder: 'What should the next person know?',
    masked: 'Phone numbers are removed before a note is stored.',
    add: 'Add note',
    edit: 'Edit',
    delete: 'Delete',
    added: 'Note added',
    saved: 'Note saved',
    deleted: 'Note deleted',
    you: 'You',
    gone: 'Somebody who left',
    edited: 'edited',
    editedBy: (name: string) => `edited by ${name}`,
    deleteTitle: 'Delete this note?',
    deleteText: 'There is no way back.',
    of: (author: string) => `Note of ${author}`,
  },
  cost: {
    title: 'Cost',
    caption: 'What the call cost, part by part',
    part: 'Part',
    amount: 'Amount',
    whole: 'All of it',
    rest: 'Not split up',
    none: 'The provider has not told a cost.',
  },
  latency: {
    answered: (seconds: string) => `The agent answered after about ${seconds}.`,
    part: (name: string, seconds: string) => `${seconds} ${latencies[name] ?? name}`,
  },
  reveal: {
    open: 'Reveal…',
    title: 'Reveal the number',
    reason: 'Why do you need it?',
    reasonHelp: 'Your name, the time and this reason are written into the audit log.',
    submit: 'Reveal',
    counted: (count: number) =>
      plural(count, { one: 'The first number you revealed today.', other: '# numbers revealed by you today.' }),
  },
  openings: {
    title: 'Who opened this call',
    people: (count: number) =>
      plural(count, { one: '# person opened this call.', other: '# people opened this call.' }),
    none: 'Nobody has opened it before you.',
    // Asked with the action of an entry: undefined for one that is not an opening.
    actions: {
      'transcript.read': 'read the transcript',
      'recording.played': 'played the recording',
      'call.caller-revealed': 'revealed the caller’s number',
    } as Record<string, string>, // asked with words from outside: undefined for one we lack
    key: (name: string) => `API key “${name}”`,
    gone: 'Somebody who left',
    ours: 'One of our own processes',
    latest: (count: number) => `The latest ${count}.`,
  },
} as const
