import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { newId } from '../../kernel/ids.ts'
import { awsKms } from './aws.ts'
import { faultOf, kmsContract } from '../../testing/kms-contract.ts'
import type { Kms } from './port.ts'

/* The real SDK against moto, a stand-in for AWS; what moto lets pass is covered by the answers in aws.test.ts. */
const absent = spawnSync('python3', ['-c', 'import moto.server']).status !== 0
// oxlint-disable-next-line no-console -- a guarantee that was not tried must be seen
if (absent) console.warn('SKIPPED: the AWS adapter’s contract, because python3 cannot import moto.server')

let server: ChildProcess | undefined
let endpoint = ''

beforeAll(async () => {
  if (absent) return
  const port = await freePort()
  endpoint = `http://127.0.0.1:${port}`
  server = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
  for (let waited = 0; waited < 30_000; waited += 100) {
    const up = await fetch(`${endpoint}/moto-api/`).then(
      () => true,
      () => false,
    )
    if (up) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('moto did not start within 30 s')
}, 40_000)

afterAll(() => {
  server?.kill()
})

/** moto fails with a KeyError when these four are given an ARN, which AWS accepts: it gets the bare id. */
function make(): Kms {
  const kms = awsKms({ region: 'af-south-1', endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } })
  const bare = (key: string): string => key.slice(key.lastIndexOf('/') + 1)
  return {
    ...kms,
    disableKey: (key) => kms.disableKey(bare(key)),
    enableKey: (key) => kms.enableKey(bare(key)),
    scheduleKeyDeletion: (key, days) => kms.scheduleKeyDeletion(bare(key), days),
    cancelKeyDeletion: (key) => kms.cancelKeyDeletion(bare(key)),
  }
}

describe.skipIf(absent)('against moto', () => {
  kmsContract('aws', make, {
    notRefusedBy: {
      invalid_ciphertext: 'moto runs names and values together; AWS says it compares the pairs.',
      disabled: 'moto opens and wraps with a disabled key; AWS answers DisabledException.',
      invalid_state: 'moto opens with, and changes, a key awaiting deletion; AWS answers KMSInvalidStateException.',
    },
    // moto says AccessDeniedException where AWS says IncorrectKeyException; both revoke.
    renamed: { incorrect_key: 'access_denied' },
  })

  test('moto still lets a disabled key and one awaiting deletion open; when this fails, drop the exceptions above', async () => {
    const kms = make()
    const key = await kms.createKey({ organisation: newId() })
    const wrapped = await kms.generateDataKeyWithoutPlaintext({ key, context: {} })
    await kms.disableKey(key)
    expect(await faultOf(kms.decrypt({ key, context: {}, wrapped }))).toBe('accepted')
    await kms.scheduleKeyDeletion(key, 7)
    expect(await faultOf(kms.decrypt({ key, context: {}, wrapped }))).toBe('accepted')
  })

  test('a new key is an ARN of the region', async () => {
    expect(await make().createKey({ organisation: newId() })).toMatch(
      /^arn:aws:kms:af-south-1:\d{12}:key\/[0-9a-f-]{36}$/,
    )
  })
})

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('no free port')
  return address.port
}
