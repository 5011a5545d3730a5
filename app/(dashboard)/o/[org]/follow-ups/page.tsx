import { redirect } from 'next/navigation.js'

import { EmptyState } from '#components/layout/empty-state'
import { PageHeader } from '#components/layout/page-header'
import { Chip } from '#components/ui/chip'
import { LinkButton } from '#components/ui/link-button'
import { showWork } from '#lib/features/call-work/index'
import { listFollowUps } from '#lib/features/calls/index'
import { ListFollowUps } from '#lib/features/calls/shapes'
import { addressOf, fieldsFrom } from '#lib/kernel/list-address'
import { ask } from '#lib/transport/ask'

import * as words from '../../../../../components/words/words.ts'
import { FollowUpQueue } from './_components/follow-up-queue.tsx'

export const metadata = { title: words.work.followUps.title }

const queues = ['mine', 'free', 'all'] as const

interface FollowUpsPageProps {
  params: Promise<{ org: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** The queue of an agent's day: who waits longest stands first, and everything to do is on the card. */
export default async function FollowUpsPage({ params, searchParams }: FollowUpsPageProps) {
  const { org } = await params
  const path = `/o/${org}/follow-ups`
  const given = fieldsFrom(
    Object.entries(await searchParams).flatMap(([name, value]) =>
      [value ?? []].flat().map((one) => [name, one] as const),
    ),
  )
  const says = words.work.followUps
  const [page, work] = await Promise.all([ask(listFollowUps, given, { org, typed: true }), ask(showWork, {}, { org })])
  const first = addressOf(path, 'whose' in given ? { whose: given['whose'] } : {})
  // The last of a later page is done: who still waits stands on the first.
  if (given['cursor'] !== undefined && page?.data.length === 0) redirect(first)
  const whose = ListFollowUps.safeParse(given).data?.whose ?? 'mine'
  return (
    <>
      <PageHeader title={says.title}>
        <p className="mb-2 text-13 text-muted">{says.lead}</p>
        <nav aria-label={says.tabs} className="flex flex-wrap gap-2">
          {queues.map((one) => (
            <Chip key={one} href={addressOf(path, one === 'mine' ? {} : { whose: one })} isOn={one === whose}>
              {says.whose[one]}
            </Chip>
          ))}
        </nav>
      </PageHeader>
      {page && (
        <FollowUpQueue
          key={whose}
          org={org}
          items={page.data}
          work={work}
          callsPath={`/o/${org}/calls`}
          empty={
            page.next_cursor === null && (
              <EmptyState
                icon="flag"
                title={says.empty[whose]}
                text={says.emptyText}
                action={
                  whose === 'mine' ? (
                    <LinkButton href={addressOf(path, { whose: 'free' })}>{says.seeFree}</LinkButton>
                  ) : (
                    <LinkButton href={`/o/${org}/calls`}>{says.see}</LinkButton>
                  )
                }
              />
            )
          }
        />
      )}
      {!page && (
        <EmptyState
          icon="filter"
          title={words.calls.badFilter.title}
          text={words.calls.badFilter.text}
          action={<LinkButton href={path}>{says.title}</LinkButton>}
        />
      )}
      {page?.next_cursor && (
        <nav aria-label={words.calls.pager.label} className="flex justify-end px-4 pb-6">
          <LinkButton href={addressOf(path, { whose, cursor: page.next_cursor })}>{says.older}</LinkButton>
        </nav>
      )}
    </>
  )
}
