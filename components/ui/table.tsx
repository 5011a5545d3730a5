import type { ReactNode, RefObject } from 'react'

import { classNames } from './class-names.ts'

/*
 * On a phone rows become cards (display: grid), and some browsers then forget that this is a table.
 * The roles say it again.
 */

interface TableProps {
  caption: string
  children: ReactNode
  ref?: RefObject<HTMLTableElement | null>
}

export function Table({ caption, children, ref }: TableProps) {
  return (
    <table ref={ref} role="table" className="w-full border-separate border-spacing-0 text-start text-13 max-md:block">
      <caption className="sr-only">{caption}</caption>
      {children}
    </table>
  )
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead role="rowgroup" className="max-md:sr-only">
      <tr role="row">{children}</tr>
    </thead>
  )
}

export function TableBody({ children }: { children: ReactNode }) {
  return (
    <tbody role="rowgroup" className="max-md:block">
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
      role="columnheader"
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
    <td role="cell" className={classNames('px-3 md:h-9 md:border-b md:border-line md:first:ps-4 md:last:pe-4 md:touch:h-11', isNumber && 'md:text-end', className)}>
      {children}
    </td>
  )
}
