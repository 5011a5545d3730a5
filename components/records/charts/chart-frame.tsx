import type { ReactNode } from 'react'

import * as words from '../../words/words.ts'

interface ChartFrameProps {
  title: string
  /** Column names, then rows: what the drawing shows, as a table. */
  head: readonly string[]
  rows: readonly (readonly (string | number)[])[]
  children: ReactNode
}

/** A drawing and the same figures as a table, for who would rather read. */
export function ChartFrame({ title, head, rows, children }: ChartFrameProps) {
  return (
    <figure className="flex min-w-0 flex-col gap-3">
      <figcaption className="text-14 font-semibold">{title}</figcaption>
      {rows.length === 0 ? <p className="text-13 text-muted">{words.overview.noChart}</p> : children}
      {rows.length > 0 && (
        <details className="text-13 text-muted">
          <summary className="w-fit cursor-pointer">{words.overview.asTable}</summary>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so keys must reach it */}
          <div role="region" aria-label={title} tabIndex={0} className="mt-2 max-h-72 overflow-auto">
            <table className="w-full text-start">
              <caption className="sr-only">{title}</caption>
              <thead>
                <tr>
                  {head.map((name, at) => (
                    <th
                      key={name}
                      scope="col"
                      className={at === 0 ? 'py-1 text-start font-medium' : 'py-1 text-end font-medium'}
                    >
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.slice(0, 2).join(' ')}>
                    {row.map((value, at) => (
                      <td key={head[at]} className={at === 0 ? 'py-0.5' : 'py-0.5 text-end tabular-nums'}>
                        {value}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </figure>
  )
}
