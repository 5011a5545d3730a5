import { EmptyState } from '#components/layout/empty-state'
import { PageHeader } from '#components/layout/page-header'
import { listDocuments } from '#lib/features/knowledge/index'
import { ask } from '#lib/transport/ask'

import * as words from '../../../../../components/words/words.ts'
import { AskBox } from './_components/ask-box.tsx'
import { DocumentButton } from './_components/document-button.tsx'
import { DocumentTable } from './_components/document-table.tsx'

export const metadata = { title: words.knowledge.title }

/** What voice agents may know, and what a question would find. */
export default async function KnowledgePage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { data, may_manage: mayManage } = await ask(listDocuments, {}, { org })
  return (
    <>
      <PageHeader
        title={words.knowledge.title}
        action={mayManage ? <DocumentButton org={org} document={null} /> : undefined}
      >
        <p className="max-w-3xl text-13 text-pretty text-muted">{words.knowledge.lead}</p>
      </PageHeader>
      {data.length > 0 ? (
        <>
          <DocumentTable documents={data} org={org} />
          <AskBox org={org} />
        </>
      ) : (
        <EmptyState
          icon="book"
          title={words.knowledge.empty}
          text={mayManage ? words.knowledge.emptyText : words.knowledge.emptyReader}
        />
      )}
    </>
  )
}
