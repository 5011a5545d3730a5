export type Canonical = string | number | boolean | null | readonly Canonical[] | { readonly [name: string]: Canonical }

/**
 * RFC 8785 (JSON Canonicalization Scheme): members sorted by UTF-16 code units, no white space, ECMAScript
 * number and string forms. Lone surrogates and numbers JSON cannot carry are refused.
 */
export function canonicalJson(value: Canonical): string {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('a lone surrogate has no canonical form')
    return JSON.stringify(value)
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('this number has no canonical form')
    return JSON.stringify(value)
  }
  if (typeof value === 'boolean' || value === null) return JSON.stringify(value)
  // Held to its type at run time too: an entry must never lose a value without a word.
  if (typeof value !== 'object') throw new TypeError('this value has no canonical form')
  if (isList(value)) return `[${Array.from(value, canonicalJson).join(',')}]`
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${members.map(([name, one]) => `${canonicalJson(name)}:${canonicalJson(one)}`).join(',')}}`
}

function isList(value: Canonical): value is readonly Canonical[] {
  return Array.isArray(value)
}
