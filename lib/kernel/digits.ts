const ETHIOPIC_ONE = 0x1369
const ETHIOPIC_TEN = 0x1372
const ETHIOPIC_LAST = 0x137c

const isDecimal = (codePoint: number): boolean => /^\p{Nd}$/u.test(String.fromCodePoint(codePoint))

const known = new Map<number, number>()

/**
 * 0–9 for a decimal digit of any script, else null.
 * Unicode lays decimal digits out in unbroken tens, so the distance to the start of the block is the value.
 */
export function digitValue(char: string): number | null {
  const codePoint = char.codePointAt(0)
  if (codePoint === undefined) return null
  if (codePoint >= 0x30 && codePoint <= 0x39) return codePoint - 0x30
  if (codePoint < 0x80 || !isDecimal(codePoint)) return null
  const seen = known.get(codePoint)
  if (seen !== undefined) return seen
  let start = codePoint
  while (isDecimal(start - 1)) start -= 1
  const value = (codePoint - start) % 10
  known.set(codePoint, value)
  return value
}

/** The same text with every decimal digit written 0–9. */
export function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (char) => String(digitValue(char) ?? ''))
}

/** How many digits a number sign stands for: ٣ one, ① one, ⑫ two, Ethiopic ፳ two, Ⅷ none. */
export function digitCount(char: string): number {
  if (digitValue(char) !== null) return 1
  const codePoint = char.codePointAt(0) ?? 0
  if (codePoint >= ETHIOPIC_ONE && codePoint <= ETHIOPIC_LAST) return codePoint < ETHIOPIC_TEN ? 1 : 2
  return char.normalize('NFKC').replace(/\D/g, '').length
}
