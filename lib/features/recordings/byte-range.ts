export interface Part {
  from: number
  /** The last byte, itself included, as the header counts. */
  to: number
  is_whole: boolean
}

/**
 * What a Range header asks for, of something so long. One range or none: several at once are how little asking makes much work,
 * and no player of ours needs them. Another unit than bytes is no question to us.
 * @returns null where there is no such part
 */
export function partOf(header: string | null, size: number): Part | null {
  const whole: Part = { from: 0, to: size - 1, is_whole: true }
  if (header === null || !/^\s*bytes\s*=/i.test(header)) return whole
  const asked = /^\s*bytes\s*=\s*(\d{0,15})\s*-\s*(\d{0,15})\s*$/i.exec(header)
  const [, first = '', last = ''] = asked ?? []
  if (!asked || size === 0 || (first === '' && last === '')) return null
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? null : { from: size - length, to: size - 1, is_whole: false }
  }
  const from = Number(first)
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return from > to ? null : { from, to, is_whole: false }
}
