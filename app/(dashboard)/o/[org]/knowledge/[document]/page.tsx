import { PageHeader } from '#components/layout/page-header'
import { NavLink } from '#components/ui/nav-link'
import { getDocument } from '#lib/features/knowledge/index'
import { ask } from '#lib/transport/ask'

import * as words from '../../../../../../components/words/words.ts'
import { DeleteDocument } from '../_components/delete-document.tsx'
import { DocumentButton } from '../_components/document-button.tsx'

export const metadata = { title: words.knowledge.title }

/** One document as it was cut: each piece is what an answer would be made of. */
export default async function DocumentPage({ params }: { params: Promise<{ org: string; document: string }> }) {
  const { org, document: id } = await params
  const { pieces, may_manage: mayManage, ...document } = await ask(getDocument, { id }, { org })
  const acts = mayManage ? (
    <span className="flex flex-wrap gap-2">
      <DeleteDocument org={org} document={document} />
      <DocumentButton org={org} document={document} />
    </span>
  ) : undefined
  return (
    <>
      <PageHeader title={document.title} action={acts}>
        <p className="flex flex-wrap gap-x-3 text-13 text-muted">
          <NavLink href={`/o/${org}/knowledge`} className="text-accent">
            {words.knowledge.all}
          </NavLink>
          <span>{words.knowledge.version(document.version)}</span>
          <span>{words.knowledge.pieces(document.chunks)}</span>
        </p>
      </PageHeader>
      <ol className="flex max-w-3xl flex-col gap-3 px-4 pb-8">
        {pieces.map((piece) => (
          <li
            key={piece.id}
            dir="auto"
            className="rounded-6 border border-line p-3 text-13 break-words whitespace-pre-wrap"
          >
            {piece.text}
          </li>
        ))}
      </ol>
    </>
  )
}
