import { VaultError } from './vault-error.ts'

const buckets = [32, 64, 128]

/** u16 length ‖ value ‖ zeros, to 32, 64 or 128 bytes; a longer value goes to the next multiple of 128. */
export function pad(value: Uint8Array): Buffer {
  if (value.length > 0xffff) throw new VaultError('unusable_input', 'A padded value is longer than 65,535 bytes')
  const padded = Buffer.alloc(paddedLength(value.length))
  padded.writeUInt16BE(value.length)
  padded.set(value, 2)
  return padded
}

/** Only what `pad` makes: the one bucket its length calls for, and nothing hidden in the rest. */
export function unpad(padded: Uint8Array): Buffer {
  const length = ((padded[0] ?? 0) << 8) | (padded[1] ?? 0)
  const rest = padded.subarray(2 + length)
  if (padded.length !== paddedLength(length) || rest.some((byte) => byte !== 0)) {
    throw new VaultError('tampered', 'A padded value is not padded as we pad')
  }
  return Buffer.from(padded.subarray(2, 2 + length))
}

function paddedLength(length: number): number {
  return buckets.find((bucket) => length + 2 <= bucket) ?? Math.ceil((length + 2) / 128) * 128
}
