/** The one spelling of an address that every other is compared by: IPv6 as short as it gets, IPv4 dressed as IPv6 undressed. */
export function addressSpelling(written: string): string {
  if (!written.includes(':')) return written
  const url = URL.parse(`http://[${written}]`)
  if (!url) return written.toLowerCase()
  const short = url.hostname.slice(1, -1)
  const dressed = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(short)
  if (!dressed) return short
  return dressed
    .slice(1)
    .flatMap((half) => [Number.parseInt(half, 16) >> 8, Number.parseInt(half, 16) & 255])
    .join('.')
}
