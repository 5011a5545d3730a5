import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. */
const parameters = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const

/** argon2id in the PHC string form, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await derive('argon2id', { message: exact(password), nonce, ...parameters })
  return `$argon2id$v=19$m=${parameters.memory},t=${parameters.passes},p=${parameters.parallelism}$${unpadded(nonce)}$${unpadded(tag)}`
}

/** Costs the same whether or not there is a hash to compare with: an unknown account looks like a wrong password. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const read = readPhc(stored) ?? { ...parameters, nonce: randomBytes(16), tag: null }
  const tag = await derive('argon2id', {
    message: exact(password),
    nonce: read.nonce,
    memory: read.memory,
    passes: read.passes,
    parallelism: read.parallelism,
    tagLength: 32,
  })
  return read.tag !== null && tag.length === read.tag.length && timingSafeEqual(tag, read.tag)
}

function readPhc(stored: string | null) {
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(stored ?? '')
  if (!found) return null
  const [, memory, passes, parallelism, nonce = '', tag = ''] = found
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    nonce: Buffer.from(nonce, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}

/** One spelling per password, so that the same keys pressed on another device match (RFC 8265 §4.1 normalises to NFC). */
function exact(password: string): Buffer {
  return Buffer.from(password.toWellFormed().normalize('NFC'))
}

function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '')
}
