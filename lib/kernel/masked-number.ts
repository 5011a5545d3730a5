export interface MaskedParts {
  kind: 'number' | 'withheld' | 'short_code' | 'sip'
  country: string | null
  last3: string | null
  /** Digits of the country's calling code, with or without its plus. */
  callingCode: string | null
}

const words = { withheld: 'Withheld', short_code: 'Short code', sip: 'SIP address' } as const

/** What stands for a caller on every screen, list and file: `+234 *** *** 789`, or plain words where there is no number. */
export function maskedNumber({ kind, last3, callingCode }: MaskedParts): string {
  if (kind !== 'number') return words[kind]
  const code = callingCode ? `+${callingCode.replace(/\D/g, '')} ` : ''
  return `${code}*** *** ${last3 ?? '***'}`
}
