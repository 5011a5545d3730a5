import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { chunk, ebml, mp3File, oggPage, opusFile, wavFile, webmFile } from '../../testing/audio.ts'
import { containerNamed, contentTypeOf, headBytes, sniffAudio, tailBytes } from './sniff-audio.ts'
import { codecs } from './shapes.ts'

const read = (file: Buffer) => {
  const audio = sniffAudio(file.subarray(0, headBytes))
  if (!audio) return null
  const { codec, rate, channels } = audio
  return { codec, rate, channels, ms: audio.durationMs({ bytes: file.length, tail: file.subarray(-tailBytes) }) }
}

describe('a file is known by its first bytes', () => {
  test.each([
    ['WAV', wavFile({ seconds: 2.5 }), { codec: 'wav/pcm', rate: 8_000, channels: 1, ms: 2_500 }],
    [
      'stereo',
      wavFile({ seconds: 1, channels: 2, rate: 16_000 }),
      { codec: 'wav/pcm', rate: 16_000, channels: 2, ms: 1_000 },
    ],
    ['µ-law', wavFile({ tag: 7 }), { codec: 'wav/mulaw', rate: 8_000, channels: 1, ms: 1_000 }],
    ['A-law', wavFile({ tag: 6 }), { codec: 'wav/alaw', rate: 8_000, channels: 1, ms: 1_000 }],
    [
      'behind other chunks',
      wavFile({ before: chunk('LIST', Buffer.alloc(301, 1)) }),
      { codec: 'wav/pcm', rate: 8_000, channels: 1, ms: 1_000 },
    ],
    ['Opus', opusFile({ seconds: 3 }), { codec: 'ogg/opus', rate: 48_000, channels: 1, ms: 3_000 }],
    ['MP3', mp3File({ frames: 100 }), { codec: 'mpeg/mp3', rate: 16_000, channels: 1, ms: 3_600 }],
    [
      'MP3 that counts',
      mp3File({ frames: 100, counted: 50 }),
      { codec: 'mpeg/mp3', rate: 16_000, channels: 1, ms: 1_800 },
    ],
    [
      'MP3 behind a tag',
      mp3File({ frames: 100, tag: Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\x01\x00'), Buffer.alloc(128)]) }),
      { codec: 'mpeg/mp3', rate: 16_000, channels: 1, ms: 3_600 },
    ],
    ['WebM', webmFile(), { codec: 'webm/opus', rate: 48_000, channels: 1, ms: 1_500 }],
  ])('%s', (_, file, expected) => {
    expect(read(file)).toEqual(expected)
  })

  test.each([
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a page behind the word RIFF', Buffer.from('RIFF0000<script>alert(1)</script>')],
    ['an image', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['a GIF', Buffer.from('GIF89a')],
    ['a zip', Buffer.from('PK\x03\x04aaaaaaaaaaaaaaaaaaaaaa')],
    ['gzip', Buffer.from('1f8b0800000000000003', 'hex')],
    ['text that begins as MPEG sync does', Buffer.from('\ufeffhello', 'utf16le')],
    ['one frame of MP3 and then a page', Buffer.concat([mp3File({ frames: 1 }), Buffer.from('<script>'.repeat(50))])],
    ['AAC', Buffer.from('fff150800c1ffc', 'hex')],
    ['RIFF that is no WAVE', Buffer.concat([Buffer.from('RIFF\0\0\0\0AVI '), Buffer.alloc(100)])],
    ['WAV of a codec no browser plays', wavFile({ tag: 0x31 })],
    ['WAV without a format', Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE'), chunk('data', Buffer.alloc(9))])],
    ['WAV of no samples a second', wavFile({ rate: 0, seconds: 0 })],
    ['WAV of nine channels', wavFile({ channels: 9 })],
    ['Ogg of Speex', oggPage({ first: true, content: Buffer.from('Speex   1.2') })],
    ['Ogg from the middle', oggPage({ place: 100n })],
    ['a film', webmFile({ trackType: 1, codec: 'V_VP8' })],
    ['Matroska', webmFile({ docType: 'matroska' })],
    ['WebM without tracks', Buffer.concat([ebml('1a45dfa3', ebml('4282', Buffer.from('webm'))), ebml('18538067')])],
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(5_000)],
  ])('%s is none', (_, file) => {
    expect(read(file)).toBeNull()
  })

  test('no bytes are too odd to be looked at, and none give an unbelievable length', () => {
    const starts = ['RIFF0000WAVE', 'RIFF0000WAVEfmt ', 'OggS\0', 'ID3', '\x1aE\xdf\xa3', ''].map((text) =>
      Buffer.from(text, 'latin1'),
    )
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }), (start, rest) => {
        const file = Buffer.concat([start, rest])
        const found = read(file)
        expect(found === null || found.ms === null || (found.ms >= 0 && found.ms <= 86_400_000)).toBe(true)
      }),
      { numRuns: 3_000 },
    )
    for (const whole of [wavFile(), opusFile(), mp3File(), webmFile()])
      for (let length = 0; length < 200; length += 1) expect(() => read(whole.subarray(0, length))).not.toThrow()
  })
})

describe('a length', () => {
  test('that a header only guesses is counted from what came', () => {
    for (const said of [0, 0xffff_ffff, 2_000_000_000]) expect(read(wavFile({ seconds: 2, said }))?.ms).toBe(2_000)
  })

  test('is never more than came, nor longer than a day', () => {
    const lying = Buffer.concat([opusFile(), oggPage({ place: 2n ** 62n })])
    expect(read(lying)?.ms).toBeNull()
    const backwards = Buffer.concat([opusFile({ seconds: 0 }), oggPage({ place: 1n })])
    expect(read(backwards)?.ms).toBeNull()
  })

  test('of Ogg comes from its own stream’s last page', () => {
    const other = oggPage({ serial: 9, place: 48_000n * 500n })
    const unfinished = oggPage({ place: -1n })
    expect(read(Buffer.concat([opusFile({ seconds: 3 }), other, unfinished]))?.ms).toBe(3_000)
  })
})

test('every codec has a type to be served as, and each taken type means one container', () => {
  expect(codecs.map(contentTypeOf)).not.toContain('application/octet-stream')
  expect(containerNamed('audio/x-wav')).toBe('wav')
  expect(containerNamed('Audio/OGG; codecs=opus')).toBe('ogg')
  for (const other of ['text/html', 'audio/aac', 'audio/', '', 'application/octet-stream', 'audio/wav,text/html', null])
    expect(containerNamed(other)).toBeNull()
})
