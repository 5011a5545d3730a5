import { cookies } from 'next/headers.js'

import { EmptyState } from '#components/layout/empty-state'
import { PageHeader } from '#components/layout/page-header'
import { LinkButton } from '#components/ui/link-button'
import { COLUMNS_COOKIE, readColumns } from '#lib/browser/call-columns'
import { showWork } from '#lib/features/call-work/index'
import { listCalls, listChoices } from '#lib/features/calls/index'
import { ChooseFrom, ListedPage } from '#lib/features/calls/shapes'
import { columnsIn } from '#lib/kernel/call-columns'
import { addressOf, fieldsFrom, filterOf } from '#lib/kernel/list-address'
import { ask } from '#lib/transport/ask'

import * as words from '../../../../../components/words/words.ts'
import { CallLog } from './_components/call-log.tsx'
import { ColumnMenu } from './_components/column-menu.tsx'
import { FilterChips } from './_components/filter-chips.tsx'
import { FilterFields } from './_components/filter-fields.tsx'
import { FilterSheet } from './_components/filter-sheet.tsx'
import { NumberSearch } from './_components/number-search.tsx'
import { TagEditor } from './_components/tag-editor.tsx'
import { ViewMenu } from './_components/view-menu.tsx'

export const metadata = { title: words.calls.title }

const pageSize = 50

interface CallsPageProps {
  params: Promise<{ org: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** The call log: what the address asks for, newest first, live, and what one does with calls. */
export default async function CallsPage({ params, searchParams }: CallsPageProps) {
  const { org } = await params
  const path = `/o/${org}/calls`
  const given = fieldsFrom(
    Object.entries(await searchParams).flatMap(([name, value]) =>
      [value ?? []].flat().map((one) => [name, one] as const),
    ),
  )
  const { view, ...asked } = given
  // Before the question is put: what changes from now on is news.
  const loadedAt = Date.now()
  // What is offered beside a filter that makes no sense is what is offered beside none.
  const from = ChooseFrom.safeParse({ environment: asked['environment'], caller: asked['caller'] }).data ?? {}
  const [page, work, choices] = await Promise.all([
    ask(listCalls, { ...asked, limit: pageSize }, { org, typed: true }),
    ask(showWork, {}, { org }),
    ask(listChoices, from, { org }),
  ])
  const filter = page ? filterOf(given) : {}
  const kept = work.views.find(({ id }) => id === view)?.columns ?? []
  const columns = kept.length > 0 ? columnsIn(kept) : readColumns((await cookies()).get(COLUMNS_COOKIE)?.value)
  return (
    <>
      <PageHeader title={words.calls.title} search={<NumberSearch org={org} path={path} given={filter} />}>
        <div className="flex flex-wrap items-center gap-2">
          <FilterSheet
            path={path}
            address={addressOf(path, filter)}
            count={Object.keys(filter).filter((name) => name !== 'cost_currency').length}
          >
            <FilterFields path={path} given={filter} work={work} choices={choices} />
          </FilterSheet>
          <ViewMenu
            org={org}
            path={path}
            given={page ? given : {}}
            columns={columns}
            views={work.views}
            mayShare={work.may_manage}
          />
          <ColumnMenu columns={columns} />
          {work.may_manage && <TagEditor org={org} tags={work.tags} />}
        </div>
        <div className="mt-2 empty:hidden">
          <FilterChips path={path} given={filter} work={work} choices={choices} />
        </div>
      </PageHeader>
      {page ? (
        <CallLog
          org={org}
          work={work}
          columns={columns}
          initialPage={ListedPage.parse(page)}
          loadedAt={loadedAt}
          query={asked}
          endpoint={addressOf(`/api/app${path}`, { ...asked, limit: String(pageSize) })}
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
