import { describe, expect, test } from 'vitest'

import { AppError } from '../../kernel/app-error.ts'
import { readNumberList } from './read-number-list.ts'

const problem = (text: string): unknown => {
  try {
    readNumberList(text, 'NG')
  } catch (error) {
    return error instanceof AppError && error.fields?.['list']
  }
  return undefined
}

describe('a list of numbers', () => {
  test('is read whatever its separator, order and case, national forms by the row’s country or else the organisation’s', () => {
    const { rows, leftOut } = readNumberList(
      'Label;Phone Number;COUNTRY;Carrier\nFront;0201 700 1234;;MTN\nNairobi;020 1234567;ke;\n;+27 21 555 0100;ZA;',
      'NG',
    )
    expect(leftOut).toEqual([])
    expect(rows).toEqual([
      { line: 2, number: '+2342017001234', country: 'NG', label: 'Front', provider: 'MTN' },
      { line: 3, number: '+254201234567', country: 'KE', label: 'Nairobi', provider: null },
      { line: 4, number: '+27215550100', country: 'ZA', label: '', provider: null },
    ])
  })

  test('keeps the good rows and tells the others by line and reason', () => {
    const list = [
      'number,country,label',
      '+2342017001234,NG,One',
      ',NG,None',
      '12,NG,Short',
      '+2342017001234,NG,Again',
      '+254201234567,NG,Elsewhere',
      `+2342017001235,NG,${'x'.repeat(121)}`,
      '+99912345678,,Nowhere',
      '+2342017001236,NG,Two',
    ]
    const { rows, leftOut } = readNumberList(list.join('\n'), 'NG')
    expect(rows.map(({ label }) => label)).toEqual(['One', 'Two'])
    expect(leftOut).toEqual([
      { line: 3, why: 'no_number' },
      { line: 4, why: 'not_a_number' },
      { line: 5, why: 'twice' },
      { line: 6, why: 'wrong_country' },
      { line: 7, why: 'too_long' },
      { line: 8, why: 'not_a_number' },
    ])
  })

  test('that is none says why', () => {
    expect(problem('label,country\nA,NG')).toContain('column number')
    expect(problem(`number\n${'+2342017001234\n'.repeat(1_001)}`)).toContain('1001 lines')
  })
})
