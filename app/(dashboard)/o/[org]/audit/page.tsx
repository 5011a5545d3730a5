import { EmptyState } from '#components/layout/empty-state'
import { PageHeader } from '#components/layout/page-header'
import { LinkButton } from '#components/ui/link-button'
import { listEntries } from '#lib/features/audit/index'
import { addressOf, fieldsFrom, filterOf } from '#lib/kernel/list-address'
import { ask } from '#lib/transport/ask'

import * as words from '../../../../../components/words/words.ts'
import { EntryFilter } from './_components/entry-filter.tsx'
import { EntryTable } from './_components/entry-table.tsx'

export const metadata = { title: words.audit.title }

interface AuditPageProps {
  params: Promise<{ org: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** The organisation's log: what the address asks for, newest first. */
export default async function AuditPage({ params, searchParams }: AuditPageProps) {
  const { org } = await params
  const path = `/o/${org}/audit`
  const given = fieldsFrom(
    Object.entries(await searchParams).flatMap(([name, value]) =>
      [value ?? []].flat().map((one) => [name, one] as const),
    ),
  )
  // A filter that makes no sense looks at nothing, and leaves no entry of having looked.
  const page = await ask(listEntries, given, { org, typed: true })
  const filters = filterOf(given)
  return (
    <>
      <PageHeader title={words.audit.title}>
        <p className="max-w-2xl text-13 text-muted">{words.audit.lead}</p>
        <EntryFilter path={path} given={filters} />
      </PageHeader>
      {page && page.data.length > 0 && <EntryTable entries={page.data} path={path} callsPath={`/o/${org}/calls`} />}
      {page?.data.length === 0 && <EmptyState icon="list" title={words.audit.empty} text={words.audit.emptyText} />}
      {!page && (
        <EmptyState
          icon="filter"
          title={words.audit.bad}
          text={words.audit.badText}
          action={<LinkButton href={path}>{words.audit.filter.clear}</LinkButton>}
        />
      )}
      <nav className="flex flex-wrap items-center gap-3 px-4 py-4 text-13 text-muted" aria-label={words.audit.title}>
        {page && page.looked_through !== null && <p>{words.audit.lookedThrough(page.looked_through)}</p>}
        {given['cursor'] !== undefined && <LinkButton href={addressOf(path, filters)}>{words.audit.newest}</LinkButton>}
        {page && page.next_cursor !== null && (
          <LinkButton href={addressOf(path, { ...filters, cursor: page.next_cursor })}>{words.audit.older}</LinkButton>
        )}
      </nav>
    </>
  )
}
