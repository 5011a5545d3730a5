import { isUuid } from '../kernel/ids.ts'
import { VaultError } from './vault-error.ts'

/** lp(x): u16 big-endian length ‖ the exact bytes, so that no two lists of parts read the same. */
export function lp(bytes: Uint8Array): Buffer {
  if (bytes.length > 0xffff) throw new VaultError('unusable_input', 'A bound part is longer than 65,535 bytes')
  const prefixed = Buffer.allocUnsafe(2 + bytes.length)
  prefixed.writeUInt16BE(bytes.length)
  prefixed.set(bytes, 2)
  return prefixed
}

export function lpText(text: string): Buffer {
  return lp(exactText(text))
}

/** An id enters as its 16 raw bytes, so that case and dashes cannot make two spellings of one row. */
export function lpUuid(id: string): Buffer {
  if (!isUuid(id)) throw new VaultError('unusable_input', 'A row or organisation id is not a UUID in lower case')
  return lp(Buffer.from(id.replaceAll('-', ''), 'hex'))
}

export function u32(value: number): Buffer {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff) {
    throw new VaultError('unusable_input', 'A key version is not an unsigned 32-bit number')
  }
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** The bytes of a text that has exactly one spelling; refuses the rest rather than change it unseen. */
export function exactText(text: string): Buffer {
  if (!text.isWellFormed()) throw new VaultError('unusable_input', 'Text holds half a character (a lone surrogate)')
  if (text.normalize('NFC') !== text) throw new VaultError('unusable_input', 'Text is not in Unicode normal form C')
  return Buffer.from(text, 'utf8')
}
