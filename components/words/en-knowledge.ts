import { pluralIn } from './plural.ts'

// Marked so that a page which does not name these words does not carry them.
const plural = /* @__PURE__ */ pluralIn('en-GB')

export const knowledge = {
  title: 'Knowledge base',
  lead: 'What your voice agents may know. No voice engine asks it yet; here you can see what a question would find.',
  add: 'Add a document',
  name: 'Title',
  text: 'Text',
  textHelp: 'Plain text or Markdown. It is cut at its paragraphs and headings.',
  file: 'Or a file (.txt or .md)',
  notText: 'This file is no plain text.',
  make: 'Add',
  added: (chunks: number) => plural(chunks, { one: 'Added in # piece', other: 'Added in # pieces' }),
  held: 'This text holds what you may not want every caller to hear',
  heldText: (numbers: number, emails: number) =>
    [
      ...(numbers > 0 ? [plural(numbers, { one: '# phone number', other: '# phone numbers' })] : []),
      ...(emails > 0 ? [plural(emails, { one: '# e-mail address', other: '# e-mail addresses' })] : []),
    ].join(' and '),
  isMeant: 'It is meant: callers may hear it',
  empty: 'No document yet',
  emptyText: 'Add what callers ask about: prices, opening hours, how to find you.',
  emptyReader: 'Who manages the knowledge base can add one.',
  columns: { title: 'Title', size: 'Size', used: 'Used by', by: 'Added by', changed: 'Changed' },
  unused: 'No voice agent',
  usedBy: (names: readonly string[]) => `Set to be answered from by ${names.join(', ')}.`,
  pieces: (count: number) => plural(count, { one: '# piece', other: '# pieces' }),
  version: (number: number) => `Version ${number}`,
  all: 'All documents',
  ask: 'Ask it something',
  question: 'Question',
  askHelp: 'Finds the pieces whose words fit best.',
  find: 'Find',
  found: 'What it finds',
  nothing: 'No piece has any of these words.',
  score: (score: number) => `Score ${score}`,
  replace: 'Replace its text',
  replaced: 'Replaced',
  save: 'Replace',
  delete: 'Delete',
  deleteTitle: (title: string) => `Delete ${title}?`,
  deleteText: 'Its pieces and the index of their words go at once. There is no way back.',
  deleted: 'Deleted',
} as const
