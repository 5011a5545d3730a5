import type { Answer } from './send.ts'

const ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi
const nonces = /nonce-[A-Za-z0-9+/=]+|nonce="[^"]+"|"nonce":"[^"]+"|\\"nonce\\":\\"[^"]+\\"/g

/** Status, head and body without what differs between any two answers: ids, nonces, and the words of the question itself. */
export function comparable(answer: Answer, asked: readonly string[] = []): string {
  const { status, text, headers } = answer
  const blank = (given: string): string =>
    asked.reduce((rest, word) => rest.replaceAll(word, 'ASKED'), given.replace(ids, 'ID')).replace(nonces, 'NONCE')
  const isPieces = headers['content-type']?.startsWith('text/x-component') ?? false
  return `${status}\n${blank(heads(answer).join('\n'))}\n\n${isPieces ? pieces(blank(text)) : blank(text)}`
}

/** The framework sends a page's pieces in the order they got ready, numbered in that order, with keys and a clock made for one answer. */
function pieces(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line
        .replace(/^[0-9a-f]*:/, '')
        .replace(/\$(?:[LQ]?)[0-9a-f]+\b/g, '$')
        .replace(/"[\w-]{21}([a-z])"/g, '"ONCE$1"')
        .replace(/"now":\d{13}/, '"now":0'),
    )
    .toSorted()
    .join('\n')
}

function heads({ rawHeaders }: Answer): string[] {
  return rawHeaders.flatMap((name, at) =>
    at % 2 === 0 && !/^(?:date|x-request-id)$/i.test(name) ? [`${name}: ${rawHeaders[at + 1] ?? ''}`] : [],
  )
}

/** The same with nothing taken out but Date and X-Request-Id. */
export function exactly(answer: Answer): string {
  return `${answer.status}\n${heads(answer).join('\n')}\n\n${answer.body.toString('latin1')}`
}
