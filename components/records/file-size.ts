import * as words from '../words/words.ts'

const KILO = 1000

/** `1.2 MB`, in the steps of ten that phone plans are sold in. */
export function fileSize(bytes: number): string {
  const isSmall = bytes < KILO * KILO
  return new Intl.NumberFormat(words.locale, {
    style: 'unit',
    unit: isSmall ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: isSmall ? 0 : 1,
  }).format(Math.max(isSmall ? 1 : 0, bytes / (isSmall ? KILO : KILO * KILO)))
}
