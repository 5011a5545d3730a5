import { describe, expect, test } from 'vitest'

import { cut } from './cut.ts'
import { countTerms, termsOf } from './terms.ts'

describe('a text is cut', () => {
  test('at its paragraphs, short ones together, each under its heading', () => {
    const text = '# Hours\nWe open at eight.\n\nWe close at six.\n\n## Prices\nA visit is 5,000 naira.\n'
    expect(cut(text)).toEqual(['Hours\nWe open at eight.\n\nWe close at six.', 'Prices\nA visit is 5,000 naira.'])
  })

  test('between sentences where a paragraph is long, and loses no word of it', () => {
    const sentence = 'The clinic is open on every day of the week but Sunday. '
    const pieces = cut(sentence.repeat(60))
    expect(pieces.length).toBeGreaterThan(3)
    expect(pieces.every((piece) => piece.length <= 900 && piece.endsWith('.'))).toBe(true)
    expect(pieces.join(' ')).toBe(sentence.repeat(60).trim())
  })

  test('anywhere where nothing else will do', () => {
    expect(cut('x'.repeat(2_000)).map(({ length }) => length)).toEqual([900, 900, 200])
  })

  test('to nothing where there is nothing, and a heading alone is a piece', () => {
    expect(cut(' \n\n\t')).toEqual([])
    expect(cut('# Only this')).toEqual(['Only this'])
  })
})

test('words meet whatever their case, accents and tone marks; what stands between them is no word', () => {
  expect(termsOf('Ẹ̀KỌ́, ọ̀fẹ́! 5,000 naira—Ụlọ')).toEqual(['eko', 'ofe', '5', '000', 'naira', 'ulo'])
  expect(termsOf(`${'x'.repeat(41)} y`)).toEqual(['y'])
  expect(countTerms('We open; we close.')).toEqual({
    length: 4,
    counts: new Map([
      ['we', 2],
      ['open', 1],
      ['close', 1],
    ]),
  })
})
