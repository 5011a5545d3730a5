import { AuthCard } from '#components/layout/auth-card'
import { shownInvitation } from '#lib/transport/invitation-door'

import * as words from '../../../../components/words/words.ts'
import { AcceptForm } from './_components/accept-form.tsx'

export const metadata = { title: words.invitation.title, robots: { index: false } }

/** What a link's holder is asked into. A link that is no longer open says so, and no more. */
export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const shown = await shownInvitation(token)
  if (!shown) {
    return (
      <AuthCard title={words.invitation.goneTitle}>
        <p className="text-13">{words.invitation.gone}</p>
      </AuthCard>
    )
  }
  return (
    <AuthCard title={words.invitation.title}>
      <AcceptForm token={token} shown={shown} />
    </AuthCard>
  )
}
