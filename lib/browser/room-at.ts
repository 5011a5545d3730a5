/** The room a path is in: the one whose address it begins with, the longest such. */
export function roomAt<Key extends string>(
  rooms: readonly { key: Key; href: string }[],
  path: string | null,
): Key | null {
  const inside = rooms.filter(({ href }) => path === href || path?.startsWith(`${href}/`))
  return inside.toSorted((a, b) => b.href.length - a.href.length)[0]?.key ?? null
}
