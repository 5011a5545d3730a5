import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

import type { Encoding } from './response-encoding.ts'

const [brotliOf, gzipOf] = [promisify(brotliCompress), promisify(gzip)]
const { BROTLI_PARAM_QUALITY: QUALITY, BROTLI_PARAM_SIZE_HINT: SIZE } = constants
const [QUICK, BEST] = [5, 11]

/** The encoded bytes of this build's files, made when first asked for and kept: a build has few files and they never change. */
export function compressedFiles(): (path: string, encoding: Encoding, whole: Buffer) => Promise<Buffer> {
  const kept = new Map<string, Promise<Buffer>>()
  return (path, encoding, whole) => {
    const key = `${encoding} ${path}`
    const known = kept.get(key)
    if (known) return known
    const quick = encoding === 'br' ? brotli(whole, QUICK) : gzipOf(whole, { level: 9 })
    kept.set(key, quick)
    quick.catch(() => kept.delete(key))
    // The smallest form takes a third of a second for a large file: whoever asked first does not wait for it.
    if (encoding === 'br') {
      brotli(whole, BEST).then(
        (best) => kept.set(key, Promise.resolve(best)),
        () => {},
      )
    }
    return quick
  }
}

const brotli = (whole: Buffer, quality: number): Promise<Buffer> =>
  brotliOf(whole, { params: { [QUALITY]: quality, [SIZE]: whole.length } })
