/** Audio files made of nothing but their formats, for tests: small, exact, and nobody's voice. */

interface Wav {
  seconds?: number
  rate?: number
  channels?: number
  /** 1 PCM, 6 A-law, 7 µ-law. */
  tag?: number
  /** What the header says of the length; the true one by default. */
  said?: number
  /** Chunks before `fmt `. */
  before?: Buffer
  /** Content to repeat instead of silence. */
  marker?: string
}

export function wavFile({
  seconds = 1,
  rate = 8_000,
  channels = 1,
  tag = 1,
  said,
  before = Buffer.alloc(0),
  marker,
}: Wav = {}): Buffer {
  const width = tag === 1 ? 2 : 1
  const data = Buffer.alloc(Math.round(seconds * rate * channels * width), marker ?? 0)
  const format = Buffer.alloc(24)
  format.write('fmt ')
  format.writeUInt32LE(16, 4)
  format.writeUInt16LE(tag, 8)
  format.writeUInt16LE(channels, 10)
  format.writeUInt32LE(rate, 12)
  format.writeUInt32LE(rate * channels * width, 16)
  format.writeUInt16LE(channels * width, 20)
  format.writeUInt16LE(width * 8, 22)
  const head = Buffer.alloc(8)
  head.write('data')
  head.writeUInt32LE(said ?? data.length, 4)
  const body = Buffer.concat([Buffer.from('WAVE'), before, format, head, data])
  const riff = Buffer.alloc(8)
  riff.write('RIFF')
  riff.writeUInt32LE((said ?? body.length) >>> 0, 4)
  return Buffer.concat([riff, body])
}

export function chunk(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(name)
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)])
}

export function oggPage({
  serial = 7,
  place = 0n,
  first = false,
  content = Buffer.alloc(20, 1),
}: {
  serial?: number
  place?: bigint
  first?: boolean
  content?: Buffer
}): Buffer {
  const page = Buffer.alloc(28)
  page.write('OggS')
  page.writeUInt8(first ? 2 : 0, 5)
  page.writeBigInt64LE(place, 6)
  page.writeUInt32LE(serial, 14)
  page.writeUInt8(1, 26)
  page.writeUInt8(Math.min(255, content.length), 27)
  return Buffer.concat([page, content])
}

export function opusFile({ seconds = 2, skipped = 312 } = {}): Buffer {
  const head = Buffer.alloc(19)
  head.write('OpusHead')
  head.writeUInt8(1, 8)
  head.writeUInt8(1, 9)
  head.writeUInt16LE(skipped, 10)
  head.writeUInt32LE(16_000, 12)
  return Buffer.concat([
    oggPage({ first: true, content: head }),
    oggPage({ place: BigInt(seconds * 48_000 + skipped), content: Buffer.alloc(200, 3) }),
  ])
}

/** MPEG-2 layer III, mono, 16 kHz, 32 kbit/s: frames of 144 bytes, 36 ms each. */
export function mp3File({
  frames = 100,
  tag = Buffer.alloc(0),
  counted,
}: { frames?: number; tag?: Buffer; counted?: number } = {}): Buffer {
  const all = Array.from({ length: frames }, () => {
    const frame = Buffer.alloc(144)
    frame.writeUInt32BE(0xfff348c0)
    return frame
  })
  if (counted !== undefined && all[0]) {
    all[0].write('Xing', 4 + 9)
    all[0].writeUInt32BE(1, 8 + 9)
    all[0].writeUInt32BE(counted, 12 + 9)
  }
  return Buffer.concat([tag, ...all])
}

/** An element of EBML: its id in hex, then what it holds. */
export function ebml(id: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content)
  const length = Buffer.alloc(8)
  length.writeBigUInt64BE(BigInt(body.length) | (1n << 56n))
  return Buffer.concat([Buffer.from(id, 'hex'), length, body])
}

export function webmFile({ trackType = 2, docType = 'webm', codec = 'A_OPUS', ms = 1_500 } = {}): Buffer {
  const double = (value: number): Buffer => {
    const bytes = Buffer.alloc(8)
    bytes.writeDoubleBE(value)
    return bytes
  }
  return Buffer.concat([
    ebml('1a45dfa3', ebml('4282', Buffer.from(docType))),
    ebml(
      '18538067',
      ebml('1549a966', ebml('2ad7b1', Buffer.from('0f4240', 'hex')), ebml('4489', double(ms))),
      ebml(
        '1654ae6b',
        ebml(
          'ae',
          ebml('83', Buffer.of(trackType)),
          ebml('86', Buffer.from(codec)),
          ebml('e1', ebml('b5', double(48_000)), ebml('9f', Buffer.of(1))),
        ),
      ),
      ebml('1f43b675', Buffer.alloc(100, 5)),
    ),
  ])
}
