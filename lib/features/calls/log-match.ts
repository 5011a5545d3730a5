import type { CallRow } from './call-row.ts'

/** What a provider's own log says of a call; null where it gives no such figure. */
export interface LoggedFigures {
  talkMs: number | null
  cost: { amountMinor: number; currency: string } | null
}

/** Whether what was told is what the log says. A figure the log does not give is no difference; no cost told is none. */
export function agreesWithLog(
  told: Pick<CallRow, 'talkMs' | 'costMinor' | 'costCurrency'>,
  { talkMs, cost }: LoggedFigures,
): boolean {
  const isAsLong = talkMs === null || talkMs === (told.talkMs ?? 0)
  const isAsDear =
    cost === null ||
    (cost.amountMinor === (told.costMinor ?? 0) && cost.currency === (told.costCurrency ?? cost.currency))
  return isAsLong && isAsDear
}
