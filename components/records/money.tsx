import { formatMoney } from '#lib/kernel/money'

/** Minor units, written the way the currency is. */
export function Money({ amountMinor, currency }: { amountMinor: number; currency: string }) {
  return (
    <data value={`${amountMinor} ${currency}`} className="whitespace-nowrap">
      {formatMoney(amountMinor, currency)}
    </data>
  )
}
