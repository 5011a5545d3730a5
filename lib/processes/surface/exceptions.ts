/** Route files not made by route(), each with what stands in its place. */
export const unmarkedDoors: Readonly<Record<string, string>> = {
  'api/auth/callback/credentials/route.ts':
    'next-auth; authorize runs identity.sign-in with its limit and entry; our Origin',
  'api/auth/signout/route.ts': 'runs identity.sign-out for the session it came with; our Origin',
  'api/health/live/route.ts': 'says ok; touches nothing',
  'api/health/ready/route.ts': 'says whether the database answers; tells nothing else',
}

/** Pages that show no data of anybody. */
export const pagesWithoutData: Readonly<Record<string, string>> = {
  '(public)/page.tsx': 'what the product is',
  '(auth)/sign-in/page.tsx': 'a form',
  'kit/page.tsx': 'every component with made-up data; only with KIT=1',
  'admin/page.tsx': 'a form that lets nobody in; reached by the secret path only',
}
