import { PageHeader } from '#components/layout/page-header'
import { listMembers } from '#lib/features/team/index'
import { ask } from '#lib/transport/ask'

import * as words from '../../../../../components/words/words.ts'
import { InvitationList } from './_components/invitation-list.tsx'
import { InviteButton } from './_components/invite-button.tsx'
import { MemberTable } from './_components/member-table.tsx'

export const metadata = { title: words.team.title }

/** Who belongs here, what each may see, and who has been asked in. */
export default async function TeamPage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { data, invitations, most } = await ask(listMembers, {}, { org })
  const there = data.length + invitations.filter((one) => !one.is_expired).length
  return (
    <>
      <PageHeader title={words.team.title} action={<InviteButton org={org} />}>
        {most !== null && <p className="text-13 text-muted">{words.team.room(there, most)}</p>}
      </PageHeader>
      <MemberTable members={data} org={org} />
      <InvitationList invitations={invitations} org={org} />
    </>
  )
}
