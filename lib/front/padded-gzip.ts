import { randomInt } from 'node:crypto'
import { constants, createGzip, type Gzip } from 'node:zlib'

const HEAD_BYTES = 10
const FLAGS_AT = 3
const HAS_NAME = 0x08
/** One answer of twelve kilobytes grows by one in a hundred on average. */
const MOST_PADDING_BYTES = 255

/**
 * A gzip stream of unforeseeable length: its head carries a file name of random length, which every reader skips. Whoever
 * watches sizes cannot tell from one answer whether it shrank by a byte. `take` gets what is to be sent.
 */
export function paddedGzip(take: (piece: Buffer) => void): Gzip {
  const gzip = createGzip({ level: 6, flush: constants.Z_NO_FLUSH })
  let head: Buffer | undefined = Buffer.alloc(0)
  gzip.on('data', (piece: Buffer) => {
    if (head === undefined) return take(piece)
    head = Buffer.concat([head, piece])
    if (head.length < HEAD_BYTES) return
    const padded = withName(head, randomInt(MOST_PADDING_BYTES + 1))
    head = undefined
    take(padded)
  })
  return gzip
}

function withName(begun: Buffer, length: number): Buffer {
  const head = Buffer.from(begun.subarray(0, HEAD_BYTES))
  head.writeUInt8(head.readUInt8(FLAGS_AT) | HAS_NAME, FLAGS_AT)
  return Buffer.concat([head, Buffer.alloc(length, '-'), Buffer.of(0), begun.subarray(HEAD_BYTES)])
}
