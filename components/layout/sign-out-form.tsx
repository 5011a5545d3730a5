import type { ReactNode } from 'react'

/** Around a submit button: signing out needs no JavaScript. */
export function SignOutForm({ children }: { children: ReactNode }) {
  return (
    <form method="post" action="/api/auth/signout">
      {children}
    </form>
  )
}
