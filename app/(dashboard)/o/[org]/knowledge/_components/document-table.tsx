import { Time } from '#components/records/time'
import { NavLink } from '#components/ui/nav-link'
import { Cell, HeadCell, stackedRow, Table, TableBody, TableHead } from '#components/ui/table'
import type { Documents } from '#lib/features/knowledge/shapes'

import { fileSize } from '../../../../../../components/records/file-size.ts'
import * as words from '../../../../../../components/words/words.ts'

export function DocumentTable({ documents, org }: { documents: Documents['data']; org: string }) {
  const { columns } = words.knowledge
  return (
    <Table caption={words.knowledge.title}>
      <TableHead>
        <HeadCell>{columns.title}</HeadCell>
        <HeadCell>{columns.size}</HeadCell>
        <HeadCell>{columns.used}</HeadCell>
        <HeadCell>{columns.by}</HeadCell>
        <HeadCell>{columns.changed}</HeadCell>
      </TableHead>
      <TableBody>
        {documents.map((document) => (
          <tr key={document.id} {...stackedRow}>
            <Cell className="font-medium">
              <NavLink href={`/o/${org}/knowledge/${document.id}`} className="text-accent">
                {document.title}
              </NavLink>
            </Cell>
            <Cell className="text-muted">
              {words.knowledge.pieces(document.chunks)}, {fileSize(document.bytes)}
            </Cell>
            <Cell className={document.used_by.length > 0 ? '' : 'text-muted'}>
              {document.used_by.length > 0 ? document.used_by.join(', ') : words.knowledge.unused}
            </Cell>
            <Cell className="text-muted">{document.added_by}</Cell>
            <Cell className="text-muted">
              <Time at={document.changed_at} />
            </Cell>
          </tr>
        ))}
      </TableBody>
    </Table>
  )
}
