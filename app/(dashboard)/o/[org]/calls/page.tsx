import { PageHeader } from '#components/layout/page-header'
import { CallList } from '#components/records/call-list'
import { StatusFilter } from '#components/records/status-filter'
import { listCalls } from '#lib/features/calls/index'
import type { CallStatus } from '#lib/features/calls/shapes'
import { ask } from '#lib/transport/ask'

import { words } from '../../../../../components/words/words.ts'

export const metadata = { title: words.calls.title }

const pageSize = 50

interface CallsPageProps {
  params: Promise<{ org: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** The call log: what the address asks for, newest first, live. */
export default async function CallsPage({ params, searchParams }: CallsPageProps) {
  const { org } = await params
  const given = Object.fromEntries(
    Object.entries(await searchParams).filter(([, value]) => typeof value === 'string' && value !== ''),
  )
  const page = await ask(listCalls, { ...given, limit: pageSize }, { org })
  const path = `/o/${org}/calls`
  const query = new URLSearchParams({ ...(given as Record<string, string>), limit: String(pageSize) }) // strings only, filtered above
  const { status, cursor: _, ...keep } = given as Record<string, string>
  return (
    <>
      <PageHeader title={words.calls.title}>
        <StatusFilter path={path} keep={keep} current={(status as CallStatus | undefined) ?? null} />
      </PageHeader>
      <CallList
        initialPage={page}
        loadedAt={Date.now()}
        query={given}
        endpoint={`/api/app${path}?${query.toString()}`}
        streamUrl={`/api/app/o/${org}/stream`}
        hrefBase={path}
      />
    </>
  )
}
