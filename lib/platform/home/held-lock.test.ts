import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { tryLock } from './held-lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a second holder is refused until the first lets go', () => {
  const file = join(folder, 'lock')
  const first = tryLock(file)
  expect(first).toBeDefined()
  expect(tryLock(file)).toBeUndefined()
  first?.release()
  const second = tryLock(file)
  expect(second).toBeDefined()
  second?.release()
})

test('the lock of a killed process is free', async () => {
  const file = join(folder, 'lock')
  const code = `import { tryLock } from ${JSON.stringify(join(import.meta.dirname, 'held-lock.ts'))}
    const held = tryLock(${JSON.stringify(file)})
    if (held) process.send('held')
    // Whoever drops the lock gives it back, at the next collection of garbage.
    setInterval(() => held, 1000)`
  const child = spawn(process.execPath, ['--conditions=react-server', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  expect(tryLock(file)).toBeUndefined()
  child.kill('SIGKILL')
  await once(child, 'exit')
  const taken = tryLock(file)
  expect(taken).toBeDefined()
  taken?.release()
})
