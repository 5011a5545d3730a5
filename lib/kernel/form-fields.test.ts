import { expect, test } from 'vitest'

import { formFields, formWithout } from './form-fields.ts'

const read = (text: string | Buffer) => {
  const fields = formFields(Buffer.from(text))
  return fields && [...fields]
}

test('a form is its names with every value, plus and percent taken off', () => {
  expect(read('From=%2B234+803&To=%E1%BA%B8k%C3%A1%C3%A0b%E1%BB%8D%CC%80&To=b&empty=&bare')).toEqual([
    ['From', ['+234 803']],
    ['To', ['Ẹkáàbọ̀', 'b']],
    ['empty', ['']],
    ['bare', ['']],
  ])
  expect(read('')).toEqual([])
})

test('a field named like something every object has is a field like any other', () => {
  expect(read('__proto__=1&constructor=2')).toEqual([
    ['__proto__', ['1']],
    ['constructor', ['2']],
  ])
})

test('bytes that are not UTF-8 and more fields than a form has are no form', () => {
  expect(read(Buffer.from([0x61, 0x3d, 0xff]))).toBeNull()
  expect(read('a&'.repeat(1_000))).toBeNull()
  expect(read('a&'.repeat(999))).toHaveLength(1)
})

test('a mark at the beginning is part of the first name, not nothing', () => {
  expect(read('\ufeffCallSid=1')).toEqual([['\ufeffCallSid', ['1']]])
})

test('fields are left out whole, and what stays is the same form', () => {
  const left = formWithout(Buffer.from('a=1&Digits=4111&b=%2B2&a=3&Digits=5'), ['Digits'])
  expect(left).toBe('a=1&a=3&b=%2B2')
  expect(formWithout(Buffer.from([0xff]), [])).toBe('')
})
