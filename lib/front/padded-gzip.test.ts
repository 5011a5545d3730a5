import { gunzipSync } from 'node:zlib'

import { expect, it } from 'vitest'

import { paddedGzip } from './padded-gzip.ts'

function packed(...pieces: (string | Buffer)[]): Promise<Buffer> {
  return new Promise((done, failed) => {
    const out: Buffer[] = []
    const gzip = paddedGzip((piece) => out.push(piece))
    gzip.on('end', () => done(Buffer.concat(out)))
    gzip.on('error', failed)
    for (const piece of pieces) gzip.write(piece)
    gzip.end()
  })
}

it('reads back as it was, whatever it was', async () => {
  for (const text of ['', 'x', 'ẹ káàárọ̀ '.repeat(20_000)]) {
    expect(gunzipSync(await packed(text)).toString()).toBe(text)
  }
  expect(gunzipSync(await packed('one ', 'two ', Buffer.from('three'))).toString()).toBe('one two three')
})

it('has another length each time, spread over the padding', async () => {
  const lengths = await Promise.all(
    Array.from({ length: 300 }, () => packed('the same page').then((one) => one.length)),
  )
  expect(new Set(lengths).size).toBeGreaterThan(100)
  const spread = Math.max(...lengths) - Math.min(...lengths)
  expect(spread).toBeGreaterThan(200)
  expect(spread).toBeLessThanOrEqual(255)
})

it('lets out what it has when asked, so that the top of a page need not wait for its end', async () => {
  const out: Buffer[] = []
  const gzip = paddedGzip((piece) => out.push(piece))
  gzip.write('<p>first')
  await new Promise<void>((done) => gzip.flush(() => done()))
  expect(Buffer.concat(out).length).toBeGreaterThan(18)
  gzip.destroy()
})
