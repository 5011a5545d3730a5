/** What a list's address asks for: one text a name, several values with commas between. */
export type Fields = Readonly<Record<string, string>>

/** Where a page begins, and which saved view it came from: neither narrows anything. */
const beside = new Set(['cursor', 'view'])

/** What an address or a form says. Nothing empty, no name twice, and no currency without an amount. */
export function fieldsFrom(said: Iterable<readonly [string, string]>): Fields {
  const fields: Record<string, string> = {}
  for (const [name, value] of said) {
    if (value === '') continue
    const before = Object.hasOwn(fields, name) ? `${fields[name] ?? ''},` : ''
    Object.defineProperty(fields, name, { value: before + value, enumerable: true, configurable: true, writable: true })
  }
  if (!('cost_min' in fields) && !('cost_max' in fields)) delete fields['cost_currency']
  return fields
}

/** The part that narrows the list: another page of it has the same. */
export function filterOf(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !beside.has(name)))
}

/** The filter without one of its names, or without one of the several values of it. An amount without its currency says nothing. */
export function without(fields: Fields, name: string, value?: string): Fields {
  if (name === 'cost_currency') return without(without(fields, 'cost_min'), 'cost_max')
  const rest = Object.entries(filterOf(fields)).flatMap(([key, text]) => {
    if (key !== name) return [[key, text] as const]
    const values = value === undefined ? [] : text.split(',').filter((one) => one !== value)
    return values.length === 0 ? [] : [[key, values.join(',')] as const]
  })
  return fieldsFrom(rest)
}

export function addressOf(path: string, fields: Fields): string {
  // A comma is plain in a query, and easier to read than what escapes it.
  const query = new URLSearchParams(fields).toString().replaceAll('%2C', ',')
  return query === '' ? path : `${path}?${query}`
}
