'use client'

import { FailureNotice } from '#components/layout/failure-notice'
import { Time } from '#components/records/time'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { useToast } from '#components/ui/toast'
import { useAct } from '#lib/browser/use-act'
import type { Members } from '#lib/features/team/shapes'

import * as words from '../../../../../../components/words/words.ts'
import { withdrawAction } from '../actions.ts'

/** Links that still wait for somebody. */
export function InvitationList({ invitations, org }: { invitations: Members['invitations']; org: string }) {
  const say = useToast()
  const { run, isBusy, failure } = useAct((input: { id: string }) => withdrawAction(input, org), words.acts.lost)
  if (invitations.length === 0) return null
  const withdraw = async (id: string) => {
    if (await run({ id })) say({ text: words.team.withdrawn })
  }
  return (
    <section className="flex flex-col gap-2 px-4 py-6">
      <h2 className="text-16 font-semibold">{words.team.invited}</h2>
      <FailureNotice failure={failure} />
      <ul className="divide-y divide-line border-y border-line">
        {invitations.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2 text-13">
            <span className="min-w-0 flex-1 basis-48 truncate font-medium">{one.email}</span>
            <span className="text-muted">{words.team.roles[one.role]}</span>
            {one.is_expired ? (
              <Badge tone="warn">{words.team.expired}</Badge>
            ) : (
              <span className="text-muted">
                {words.team.expires} <Time at={one.expires_at} />
              </span>
            )}
            <Button look="quiet" busy={isBusy} onClick={() => void withdraw(one.id)}>
              {words.team.withdraw}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
