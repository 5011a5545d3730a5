const DEFAULT_CURRENCY = 'NGN'
const LOCALE = 'en-NG'

const formatters = new Map<string, Intl.NumberFormat>()

function formatterOf(currency: string, locale: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`
  const made = formatters.get(key) ?? new Intl.NumberFormat(locale, { style: 'currency', currency })
  formatters.set(key, made)
  return made
}

/** How many minor digits a currency has: NGN 2, XOF 0, TND 3. */
export function exponentOf(currency: string): number {
  return formatterOf(currency, LOCALE).resolvedOptions().maximumFractionDigits ?? 2
}

/** Minor units as an exact decimal: 500050 NGN → `5000.50`. No floating point on the way, so any bigint is safe. */
export function decimalOf(amountMinor: bigint | number, currency: string = DEFAULT_CURRENCY): `${number}` {
  const exponent = exponentOf(currency)
  const minor = BigInt(amountMinor)
  const digits = String(minor < 0n ? -minor : minor).padStart(exponent + 1, '0')
  const whole = digits.slice(0, digits.length - exponent)
  const fraction = exponent === 0 ? '' : `.${digits.slice(-exponent)}`
  return `${minor < 0n ? '-' : ''}${whole}${fraction}` as `${number}` // built of digits, one sign and one point
}

/** How money is written where an organisation is: `R 88,20` in South Africa, `₦68.40` in Nigeria. */
export function moneyLocaleIn(country: string): string {
  return /^[A-Z]{2}$/.test(country) ? `en-${country}` : LOCALE
}

/** `₦5,000.50`. Throws on a fraction of a minor unit: money is whole minor units everywhere. */
export function formatMoney(
  amountMinor: bigint | number,
  currency: string = DEFAULT_CURRENCY,
  locale: string = LOCALE,
): string {
  return formatterOf(currency, locale).format(decimalOf(amountMinor, currency))
}

/**
 * A decimal as somebody wrote it in whole minor units, halves up: `1.005` USD → 101. No floating point on the way. Null for
 * anything but plain digits, and for what is no currency.
 */
export function minorOf(decimal: string, currency: string): number | null {
  const [, whole = '', fraction = ''] = /^(\d{1,12})(?:\.(\d{1,12}))?$/.exec(decimal) ?? []
  if (whole === '' || !/^[A-Z]{3}$/.test(currency)) return null
  const exponent = exponentOf(currency)
  const kept = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, '0'))
  return Number(fraction.charAt(exponent) >= '5' ? kept + 1n : kept)
}
