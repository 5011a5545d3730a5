import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { words } from '../../components/words/words.ts'
import { notFoundHead } from './constant-not-found.ts'

const response = new ServerResponse(new IncomingMessage(new Socket()))
const html = notFoundHead(response, 'r').toString()
const style = /<style>(.*?)<\/style>/.exec(html)?.[1] ?? ''

it('says what the product says of a thing that is not there', () => {
  const { title, text } = words.states.notFound
  expect(html).toContain(`<h1>${title}</h1><p>${text}</p>`)
})

it('may use its own style and nothing else', () => {
  const policy = String(response.getHeader('content-security-policy'))
  expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}';`)
  expect(policy).toContain("default-src 'none'")
  expect(html).not.toMatch(/<script|<link|<img|src=|style="|url\(/)
})

it('has the colours of the tokens, in both themes', () => {
  const tokens = readFileSync(join(import.meta.dirname, '../../app/globals.css'), 'utf8')
  for (const [, name = '', light = '', dark = ''] of style.matchAll(
    /--([a-z]+):light-dark\(oklch\(([^)]+)\),oklch\(([^)]+)\)\)/g,
  )) {
    const whole = (colour: string) => colour.replaceAll(/(^| )\./g, '$10.')
    expect(tokens).toContain(`--${name}: light-dark(oklch(${whole(light)}), oklch(${whole(dark)}));`)
  }
  expect(style.match(/light-dark/g)).toHaveLength(6)
})
