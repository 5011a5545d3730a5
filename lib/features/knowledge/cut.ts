/** About a paragraph: short enough to be an answer, long enough to hold one. */
const most = 900

/**
 * A text in pieces that can be read alone: paragraphs, joined while they are short and cut between sentences where they are
 * long, each under the heading it stands under.
 */
export function cut(text: string): string[] {
  const pieces: string[] = []
  let heading = ''
  let open = ''
  const close = (): void => {
    if (open !== '') pieces.push(heading === '' ? open : `${heading}\n${open}`)
    open = ''
  }
  for (const paragraph of text.replaceAll('\r\n', '\n').split(/\n\s*\n|\n(?=#{1,6} )|(?<=^#{1,6} [^\n]*)\n/m)) {
    const said = paragraph.trim()
    if (said === '') continue
    const [, title] = /^#{1,6} +([^\n]+)$/.exec(said) ?? []
    if (title !== undefined) {
      close()
      heading = title.trim().slice(0, 200)
      continue
    }
    for (const part of partsOf(said)) {
      if (open !== '' && open.length + part.length > most) close()
      open = open === '' ? part : `${open}\n\n${part}`
    }
  }
  close()
  return pieces.length > 0 || heading === '' ? pieces : [heading]
}

/** A paragraph of at most `most` characters each, cut after a sentence, else after a word, else anywhere. */
function partsOf(paragraph: string): string[] {
  const parts: string[] = []
  let rest = paragraph
  while (rest.length > most) {
    const head = rest.slice(0, most)
    const sentence = Math.max(
      head.lastIndexOf('. '),
      head.lastIndexOf('? '),
      head.lastIndexOf('! '),
      head.lastIndexOf('\n'),
    )
    const at = sentence > most / 3 ? sentence + 1 : head.lastIndexOf(' ') > 0 ? head.lastIndexOf(' ') : most
    parts.push(rest.slice(0, at).trim())
    rest = rest.slice(at).trim()
  }
  return rest === '' ? parts : [...parts, rest]
}
