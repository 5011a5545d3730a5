/** Each name with every value it was given, in the order they came. */
export type FormFields = ReadonlyMap<string, readonly string[]>

const MOST_FIELDS = 1_000

/**
 * The fields of an `application/x-www-form-urlencoded` body, or null when it is not UTF-8 or names more than a form could.
 * Whoever checks a form and whoever reads it call this one function, so that they cannot disagree about what it says.
 */
export function formFields(raw: Uint8Array): FormFields | null {
  const text = decoded(raw)
  if (text === null || (text.match(/&/g)?.length ?? 0) >= MOST_FIELDS) return null
  const fields = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(text)) {
    const values = fields.get(name)
    if (values) values.push(value)
    else fields.set(name, [value])
  }
  return fields
}

/** The same form without some of its fields. */
export function formWithout(raw: Uint8Array, names: readonly string[]): string {
  const kept = [...(formFields(raw) ?? [])].filter(([name]) => !names.includes(name))
  return new URLSearchParams(kept.flatMap(([name, values]) => values.map((value) => [name, value]))).toString()
}

function decoded(raw: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw)
  } catch {
    return null
  }
}
