import 'server-only'

// `max` knows number ranges, which alone tell Canada from Jamaica under +1 and a real number from seven odd digits.
import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js/max'

import { asciiDigits } from './digits.ts'

/**
 * Who is at the other end, as far as their number tells. Plaintext: it lives until it is made a token, a mask or sealed.
 * A number that no numbering plan knows keeps `country: null`; its `e164` then is only + and its digits, good for a token.
 */
export type PhoneNumber =
  | { kind: 'number'; e164: string; country: string | null; callingCode: string | null; last3: string }
  | { kind: 'withheld' }
  | { kind: 'short_code'; code: string; country: string | null }
  | { kind: 'sip'; address: string }

const WITHHELD_WORDS = new Set(
  `anonymous private restricted unknown unavailable withheld blocked hidden none null undefined
  nocallerid noid idunavailable callerunknown privatenumber unknownnumber unknowncaller numberwithheld numberunavailable
  withheldnumber notprovided notavailable outofarea na`.split(/\s+/),
)
/** ANONYMOUS, UNKNOWN, UNAVAILABLE, RESTRICTED, BLOCKED, PRIVATE and WITHHELD as spelt on a keypad: some carriers send these as the number. */
const WITHHELD_KEYS = new Set(['266696687', '8656696', '86282452253', '7378742833', '2562533', '7748283', '94844353'])
const LONGEST_READ = 200
const FEWEST_DIGITS = 7

/** `+2342017000100` → `+234 201 700 0100`, for eyes. What no plan knows stays as it is. Ours only: a caller's is masked. */
export function internationalNumber(number: string): string {
  const parsed = /^\+\d+$/.test(number) ? parsePhoneNumberFromString(number) : undefined
  return parsed?.isPossible() ? parsed.formatInternational() : number
}

/** The one country of each calling code that is not shared. */
const soleCountry = new Map<string, CountryCode | null>()
for (const country of getCountries()) {
  const code = getCountryCallingCode(country)
  soleCountry.set(code, soleCountry.has(code) ? null : country)
}

/** `NG` → `234`; null for a country we do not know. */
export function callingCodeOf(country: string | null): string | null {
  return country !== null && isSupportedCountry(country) ? getCountryCallingCode(country) : null
}

/**
 * Read a number as a provider or a person wrote it. `defaultCountry` (the organisation's) explains national forms.
 * Never throws. Anything with seven digits or more is a number, known to a plan or not: it must never be stored as it came.
 */
export function normalise(raw: string, defaultCountry: string | null): PhoneNumber {
  const text = asciiDigits(raw.slice(0, LONGEST_READ))
    .replace(/[\p{Cf}\p{Cc}]/gu, '')
    .normalize('NFKC')
    .trim()
  if (isWithheld(text)) return { kind: 'withheld' }
  const country = defaultCountry !== null && isSupportedCountry(defaultCountry) ? defaultCountry : undefined
  return /\bsips?:/i.test(text) || text.includes('@') ? readSip(text, country) : readNumber(withoutTel(text), country)
}

function isWithheld(text: string): boolean {
  const letters = text.toLowerCase().replace(/[^a-z0-9]/g, '')
  const digits = text.replace(/\D/g, '')
  if (WITHHELD_WORDS.has(letters) || /^0*$/.test(letters)) return true
  const isPlain = /^\+?\d+$/.test(text)
  return isPlain && WITHHELD_KEYS.has(digits) && (text.startsWith('+') || digits === '266696687')
}

/** `tel:0803-123-4567;phone-context=+234` and its plainer forms, as something to read. */
function withoutTel(text: string): string {
  const uri = /\btel:([^;>]*)(.*)$/i.exec(text)
  if (!uri) return text
  const [, subscriber = '', parameters = ''] = uri
  const context = /;phone-context=(\+\d{1,4})/i.exec(parameters)?.[1]
  return context && !subscriber.startsWith('+') ? context + subscriber.replace(/^0/, '') : subscriber
}

function readSip(text: string, country: CountryCode | undefined): PhoneNumber {
  const inBrackets = /<([^>]*)>/.exec(text)?.[1] ?? text
  const address = inBrackets
    .replace(/^.*?\bsips?:/i, '')
    .replace(/[;?].*$/, '')
    .trim()
    .toLowerCase()
  const [before = '', host = ''] = address.split('@')
  const user = decoded(before).replace(/[:;].*$/, '')
  if (isWithheld(user) || host === 'anonymous.invalid') return { kind: 'withheld' }
  if (/^\+?[\d\s().-]+$/.test(user) && user.replace(/\D/g, '').length >= FEWEST_DIGITS) {
    const parsed = inPlan(user, country, 'valid')
    if (parsed) return parsed
    if (user.startsWith('+')) return unplanned(user)
  }
  return { kind: 'sip', address }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function readNumber(text: string, country: CountryCode | undefined): PhoneNumber {
  const digits = text.replace(/\D/g, '')
  if (digits.length < FEWEST_DIGITS) {
    return digits === '' ? { kind: 'withheld' } : { kind: 'short_code', code: digits, country: country ?? null }
  }
  return inPlan(text, country, 'valid') ?? inPlan(text, country, 'possible') ?? unplanned(digits)
}

/** The readings of a text, most telling first: as written, 00 for +, and a calling code that lost its +. */
function inPlan(text: string, country: CountryCode | undefined, need: 'valid' | 'possible'): PhoneNumber | null {
  const digits = text.replace(/\D/g, '')
  const readings = [
    text,
    ...(digits.startsWith('00') ? [`+${digits.slice(2)}`] : []),
    ...(digits.startsWith('0') ? [] : [`+${digits}`]),
  ]
  for (const reading of readings) {
    const parsed = parsePhoneNumberFromString(reading, country)
    if (!parsed || !(need === 'valid' ? parsed.isValid() : parsed.isPossible())) continue
    const { number: e164, countryCallingCode: callingCode } = parsed
    // Dropping a trunk zero can leave a stump that no plan could mean.
    if (e164.length <= FEWEST_DIGITS) continue
    return {
      kind: 'number',
      e164,
      country: parsed.country ?? soleCountry.get(callingCode) ?? null,
      callingCode,
      last3: e164.slice(-3),
    }
  }
  return null
}

/** Whether digits are a number that a plan has given out, rather than one as long as its numbers are. */
export function isValidNumber(digits: string, defaultCountry: string | null): boolean {
  const country = defaultCountry !== null && isSupportedCountry(defaultCountry) ? defaultCountry : undefined
  return inPlan(digits, country, 'valid') !== null
}

function unplanned(text: string): PhoneNumber {
  const digits = text.replace(/\D/g, '')
  return { kind: 'number', e164: `+${digits}`, country: null, callingCode: null, last3: digits.slice(-3) }
}
