import type { CallDetail } from '#lib/features/calls/shapes'

import * as words from '../words/words.ts'
import { Money } from './money.tsx'

/** What a call cost, part by part, and what of it nobody split up. */
export function CostTable({ call: { cost, cost_components: parts } }: { call: CallDetail }) {
  const { cost: says } = words.callPage
  if (!cost) return <p className="text-13 text-muted">{says.none}</p>
  const rest = cost.amount_minor - parts.reduce((sum, part) => sum + part.amount_minor, 0)
  const rows = [...parts, ...(parts.length > 0 && rest > 0 ? [{ name: says.rest, amount_minor: rest }] : [])]
  return (
    <table className="w-full text-13">
      <caption className="sr-only">{says.caption}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{says.part}</th>
          <th scope="col">{says.amount}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((part) => (
          <tr key={part.name} className="border-b border-line">
            <td className="py-1.5 text-muted first-letter:uppercase">{part.name}</td>
            <td className="py-1.5 text-end">
              <Money amountMinor={part.amount_minor} currency={cost.currency} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" className="py-1.5 text-start font-medium">
            {says.whole}
          </th>
          <td className="py-1.5 text-end font-medium">
            <Money amountMinor={cost.amount_minor} currency={cost.currency} />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}
