import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { findHook } from './hook-target.ts'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'replay-'))
})
afterEach(() => {
  rmSync(home, { recursive: true })
})

function running(hooks: object[]): void {
  writeFileSync(join(home, 'ca.pem'), '')
  writeFileSync(join(home, 'up.json'), JSON.stringify({ url: 'https://127.0.0.1:8443', caFile: 'ca.pem', hooks }))
}
const hook = {
  organisation: 'Adunni Fabrics',
  provider: 'retell',
  url: 'https://localhost:8443/api/hooks/retell/x',
  secret: 's',
}

describe('where made-up calls may go', () => {
  test.each([
    'https://localhost:8443/h',
    'https://127.0.0.1/h',
    'https://127.9.9.9/h',
    'https://[::1]:8443/h',
    'https://adunni.localhost/h',
    'https://0x7f.1/h',
  ])('%s is this machine', (url) => {
    running([{ ...hook, url }])
    expect(findHook(home, 'retell').url.href).toContain('/h')
  })

  test.each([
    'https://orinode.example/h',
    'https://10.0.0.1/h',
    'https://127.0.0.1.evil.example/h',
    'https://localhost.evil.example/h',
    'https://127.0.0.1@evil.example/h',
    'https://[::ffff:10.0.0.1]/h',
    'https://0.0.0.0/h',
    'https://169.254.169.254/h',
  ])('%s is not', (url) => {
    running([{ ...hook, url }])
    expect(() => findHook(home, 'retell')).toThrow('only go to this machine')
  })

  test('plain http is refused', () => {
    running([{ ...hook, url: 'http://localhost/h' }])
    expect(() => findHook(home, 'retell')).toThrow('not as expected')
  })
})

describe('which hook', () => {
  test('the first organisation’s, or the one named', () => {
    running([{ ...hook, provider: 'vapi' }, hook, { ...hook, organisation: 'Kano Clinic' }])
    expect(findHook(home, 'retell').organisation).toBe('Adunni Fabrics')
    expect(findHook(home, 'retell', 'Kano Clinic').organisation).toBe('Kano Clinic')
    expect(() => findHook(home, 'retell', 'Nobody')).toThrow('no retell hook for Nobody')
  })

  test('nothing running, or a list that is broken, says what to do', () => {
    expect(() => findHook(home, 'retell')).toThrow('npm run up')
    writeFileSync(join(home, 'up.json'), '{')
    expect(() => findHook(home, 'retell')).toThrow('npm run up')
  })
})
