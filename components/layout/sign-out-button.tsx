import { MenuButton } from '../ui/menu.tsx'
import { words } from '../words/words.ts'

/** A form, so that signing out needs no JavaScript. */
export function SignOutButton() {
  return (
    <form method="post" action="/api/auth/signout">
      <MenuButton type="submit">{words.shell.signOut}</MenuButton>
    </form>
  )
}
