/** Route files not made by route(), each with what stands in its place. */
export const unmarkedDoors: Readonly<Record<string, string>> = {
  'api/auth/callback/credentials/route.ts':
    'next-auth; authorize runs identity.sign-in with its limit and entry; our Origin',
  'api/auth/signout/route.ts': 'runs identity.sign-out for the session it came with; our Origin',
  'api/health/live/route.ts': 'says ok; touches nothing',
  'api/health/ready/route.ts': 'says whether the database answers; tells nothing else',
}

/** Use cases whose audit entry is not named after them. */
export const trailsOfAnotherName: Readonly<Record<string, string>> = {
  // Whichever door a call came by, one entry names the call.
  'calls.add-event': 'call.ingested',
  'calls.receive-provider-event': 'call.ingested',
  // One act or many at once: each call gets the same entry.
  'calls.ask-follow-ups': 'call.follow-up-asked',
  'calls.assign-follow-up': 'call.assigned',
  'calls.finish-follow-ups': 'call.follow-up-finished',
  'calls.tag-call': 'call.tagged',
  'calls.tag-calls': 'call.tagged',
  // What is done is a session's beginning and end.
  'identity.sign-in': 'session.started',
  'identity.sign-out': 'session.ended',
  'operators.sign-in': 'operator-session.started',
}

/** Pages that ask no use case, each with what it shows instead. */
export const pagesWithoutData: Readonly<Record<string, string>> = {
  '(public)/page.tsx': 'what the product is',
  '(auth)/sign-in/page.tsx': 'a form',
  '(auth)/sign-up/page.tsx': 'a form',
  '(auth)/invitation/[token]/page.tsx':
    'who is asked in, as what and where, to whoever holds the link while it is open; found by the link’s hash',
  'kit/page.tsx': 'every component with made-up data; only with KIT=1',
  'admin/page.tsx': 'a form that lets nobody in; reached by the secret path only',
}
