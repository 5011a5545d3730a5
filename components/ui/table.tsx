import type { ReactNode, RefObject } from 'react'

import { classNames } from './class-names.ts'

/**
 * Where there is little room rows become cards (display: grid), and some browsers then forget that this is a table: the roles say it again.
 * Spread, since on a plain table they would be redundant.
 */
export const roles = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  head: { role: 'columnheader' },
  cell: { role: 'cell' },
} as const

/** A plain row; where there is little room a card, its cells under one another. */
export const stackedRow = {
  ...roles.row,
  className:
    '@max-2xl:flex @max-2xl:flex-col @max-2xl:gap-1 @max-2xl:border-b @max-2xl:border-line @max-2xl:px-1 @max-2xl:py-3',
} as const

interface TableProps {
  caption: string
  children: ReactNode
  ref?: RefObject<HTMLTableElement | null>
}

export function Table({ caption, children, ref }: TableProps) {
  return (
    <div className="@container">
      <table
        ref={ref}
        {...roles.table}
        className="w-full border-separate border-spacing-0 text-start text-13 @max-2xl:block"
      >
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  )
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead {...roles.group} className="@max-2xl:sr-only">
      <tr {...roles.row}>{children}</tr>
    </thead>
  )
}

export function TableBody({ children }: { children: ReactNode }) {
  return (
    <tbody {...roles.group} className="@max-2xl:block">
      {children}
    </tbody>
  )
}

interface CellProps {
  children?: ReactNode
  /** Numbers align at the end. */
  isNumber?: boolean
  /** Where it goes, or whether it shows at all, at which width. */
  className?: string
}

export function HeadCell({ children, isNumber = false, className }: CellProps) {
  return (
    <th
      {...roles.head}
      scope="col"
      className={classNames(
        'sticky top-0 z-20 h-9 border-b border-line bg-paper px-3 text-12 font-medium whitespace-nowrap text-muted first:ps-4 last:pe-4 print:static',
        isNumber ? 'text-end' : 'text-start',
        className,
      )}
    >
      {children}
    </th>
  )
}

export function Cell({ children, isNumber = false, className }: CellProps) {
  return (
    <td {...roles.cell} className={classNames('cell', isNumber && 'cell-number', className)}>
      {children}
    </td>
  )
}
