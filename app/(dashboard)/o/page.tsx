import { redirect } from 'next/navigation.js'

import { AuthCard } from '#components/layout/auth-card'
import { EmptyState } from '#components/layout/empty-state'
import { SignOutForm } from '#components/layout/sign-out-form'
import { Button } from '#components/ui/button'
import { NavLink } from '#components/ui/nav-link'
import { listMyOrganisations } from '#lib/features/identity/index'
import { ask } from '#lib/transport/ask'

import * as words from '../../../components/words/words.ts'

export const metadata = { title: words.organisations.title }

/** Where to? Somebody with one organisation is already there. */
export default async function ChooseOrganisation() {
  const { person, data } = await ask(listMyOrganisations, {}, { org: null })
  const [only] = data
  if (only && data.length === 1) redirect(homeOf(only))
  return (
    <AuthCard title={words.organisations.title} footer={<SignedInAs email={person.email} />}>
      {data.length === 0 ? (
        <EmptyState icon="people" title={words.organisations.none} text={words.organisations.noneText} />
      ) : (
        <ul className="flex flex-col gap-2">
          {data.map(({ slug, name, role }) => (
            <li key={slug}>
              <NavLink
                href={homeOf({ slug, role })}
                className="flex min-h-11 items-center justify-between gap-4 rounded-6 border border-line px-4 py-2 no-underline hover:border-edge hover:bg-wash"
              >
                <span className="truncate font-medium text-ink">{name}</span>
                <span className="text-12 text-muted">{words.organisations.roles[role]}</span>
              </NavLink>
            </li>
          ))}
        </ul>
      )}
    </AuthCard>
  )
}

/** The way out, also for whoever belongs nowhere yet. */
function SignedInAs({ email }: { email: string }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <span className="min-w-0 [overflow-wrap:anywhere]">{words.organisations.signedInAs(email)}</span>
      <SignOutForm>
        <Button type="submit">{words.shell.signOut}</Button>
      </SignOutForm>
    </div>
  )
}

/** Who runs an organisation begins with its day; who answers begins with the calls. */
function homeOf({ slug, role }: { slug: string; role: 'owner' | 'admin' | 'agent' }): string {
  return role === 'agent' ? `/o/${slug}/calls` : `/o/${slug}`
}
