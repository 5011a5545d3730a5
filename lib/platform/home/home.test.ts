import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { openHome } from './home.ts'

let parent: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'home-'))
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

const modeOf = (path: string): number => statSync(path).mode & 0o777

test('others may pass through the home and read nothing in it', async () => {
  const home = await openHome(join(parent, 'deep/home'))
  expect(modeOf(home.folder)).toBe(0o711)
  expect(modeOf(home.logs)).toBe(0o700)
  expect(modeOf(join(home.folder, 'kms'))).toBe(0o700)
  expect(modeOf(join(home.folder, 'certificates'))).toBe(0o700)
  for (const file of [home.signInSecretFile, home.adminPathFile, home.certificates.keyFile])
    expect(modeOf(file)).toBe(0o600)
})

test('secrets are long, differ between homes and outlive a second opening', async () => {
  const first = await openHome(join(parent, 'a'))
  const second = await openHome(join(parent, 'b'))
  const secrets = [first, second].flatMap((home) => [
    readFileSync(home.signInSecretFile, 'utf8'),
    readFileSync(home.adminPathFile, 'utf8'),
  ])
  expect(new Set(secrets).size).toBe(4)
  expect(readFileSync(first.adminPathFile, 'utf8')).toMatch(/^\/[\w-]{32}\n$/)
  expect(readFileSync(first.signInSecretFile, 'utf8').trim()).toHaveLength(43)
  await openHome(join(parent, 'a'))
  expect(readFileSync(first.signInSecretFile, 'utf8')).toBe(secrets[0])
})
