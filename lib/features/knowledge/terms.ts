/** Longer is no word anybody asks for. */
const longest = 40

/** The words of a text as they are looked for: lower case, without accents and tone marks, so that `ẹ̀kọ́` and `eko` meet. */
export function termsOf(text: string): string[] {
  const folded = text
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
  return (folded.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length <= longest)
}

/** How often each of them stands there, and how many there are. */
export function countTerms(text: string): { length: number; counts: Map<string, number> } {
  const terms = termsOf(text)
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return { length: terms.length, counts }
}
