export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** `1 call`, `1,204 calls`: the form a language asks for, with the number written its way in place of `#`. */
export function pluralIn(locale: string): (count: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  return (count, forms) => (forms[rules.select(count)] ?? forms.other).replace('#', numbers.format(count))
}
