'use client'

import { formatMoney, moneyLocaleIn } from '#lib/kernel/money'

import { useCountry } from './clock.tsx'

/** Minor units, written the way the organisation's country does. A browser's own tables may differ from the server's: its are kept. */
export function Money({ amountMinor, currency }: { amountMinor: number; currency: string }) {
  const locale = moneyLocaleIn(useCountry())
  return (
    <data value={`${amountMinor} ${currency}`} className="whitespace-nowrap" suppressHydrationWarning>
      {formatMoney(amountMinor, currency, locale)}
    </data>
  )
}
