const MOST_STEPS = 8
const LONGEST = 200
/** A name, a place in a list, or a name in quotes; a dot stands before a plain name that is not the first. */
const step = /(?:(?<=.)\.|^)([A-Za-z_$][\w$-]*)|\[(\d{1,4})\]|\["([^"\\\]]{1,100})"\]/y
/** Names that lead from a value to what made it. */
const forbidden = new Set(['__proto__', 'prototype', 'constructor'])

export type Path = readonly (string | number)[]

/** `call.from`, `turns[0].text`, `data["Caller ID"]` as steps. Null when it is not a path: this is no language to compute in. */
export function pathFrom(text: string): Path | null {
  if (text.length > LONGEST) return null
  const steps: (string | number)[] = []
  step.lastIndex = 0
  while (step.lastIndex < text.length) {
    const found = step.exec(text)
    if (!found) return null
    const [, name, place, quoted] = found
    steps.push(place === undefined ? (name ?? quoted ?? '') : Number(place))
  }
  const isUsable = steps.length > 0 && steps.length <= MOST_STEPS
  return isUsable && !steps.some((one) => forbidden.has(String(one))) ? steps : null
}

/** What stands at a path, or undefined. Only what the sender wrote: nothing a value inherits is reached. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root
  for (const one of path) {
    if (typeof value !== 'object' || value === null) return undefined
    const isPlace = typeof one === 'number'
    if (isPlace !== Array.isArray(value) || !Object.hasOwn(value, one)) return undefined
    value = (value as Record<string | number, unknown>)[one] // its own member, as just seen
  }
  return value
}
