import { EmptyState } from '#components/layout/empty-state'
import { PageHeader } from '#components/layout/page-header'
import { CallList } from '#components/records/call-list'
import { StatusFilter } from '#components/records/status-filter'
import { LinkButton } from '#components/ui/link-button'
import { listCalls } from '#lib/features/calls/index'
import { CallStatus, ListedPage } from '#lib/features/calls/shapes'
import { ask } from '#lib/transport/ask'

import * as words from '../../../../../components/words/words.ts'

export const metadata = { title: words.calls.title }

const pageSize = 50

interface CallsPageProps {
  params: Promise<{ org: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** The call log: what the address asks for, newest first, live. */
export default async function CallsPage({ params, searchParams }: CallsPageProps) {
  const { org } = await params
  const asked = Object.entries(await searchParams).filter(([, value]) => value !== '')
  // Before the question is put: what changes from now on is news.
  const loadedAt = Date.now()
  const page = await ask(listCalls, { ...Object.fromEntries(asked), limit: pageSize }, { org, typed: true })
  const path = `/o/${org}/calls`
  // A name given twice was refused above with the rest of what makes no sense.
  const given = Object.fromEntries(asked.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
  const { status, cursor: _, ...keep } = page ? given : {}
  return (
    <>
      <PageHeader title={words.calls.title}>
        <StatusFilter path={path} keep={keep} current={CallStatus.safeParse(status).data ?? null} />
      </PageHeader>
      {page ? (
        <CallList
          initialPage={ListedPage.parse(page)}
          loadedAt={loadedAt}
          query={given}
          endpoint={`/api/app${path}?${new URLSearchParams({ ...given, limit: String(pageSize) }).toString()}`}
          streamUrl={`/api/app/o/${org}/stream`}
          hrefBase={path}
        />
      ) : (
        <EmptyState
          icon="filter"
          title={words.calls.badFilter.title}
          text={words.calls.badFilter.text}
          action={<LinkButton href={path}>{words.calls.empty.clear}</LinkButton>}
        />
      )}
    </>
  )
}
