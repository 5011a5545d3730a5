import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

import { VaultError } from './vault-error.ts'

/*
 * FLOE (c2sp.org/FLOE), AES-256-GCM and HKDF-Expand-SHA384:
 * header = params[10] ‖ iv[32] ‖ tag[32]; segment = u32 FFFFFFFF, or in the last one its own length ‖ nonce[12] ‖ ciphertext ‖ tag[16]
 */
const PARAMS_LENGTH = 10
const IV_LENGTH = 32
const HEADER_TAG_LENGTH = 32
export const HEADER_LENGTH = PARAMS_LENGTH + IV_LENGTH + HEADER_TAG_LENGTH
const NONCE_AT = 4
const CIPHERTEXT_AT = 16
const TAG_LENGTH = 16
export const SEGMENT_OVERHEAD = CIPHERTEXT_AT + TAG_LENGTH
const NOT_LAST = 0xffff_ffff
const ROTATION_BITS = 20
/** Of a sealed segment; 16,352 bytes of it are content, about two seconds of a phone call. */
const SEGMENT_LENGTH = 16_384

/** Fixed but for the known answers, which come in other sizes. */
export interface SegmentShape {
  readonly segmentLength: number
  /** After 2^this many segments comes another key. */
  readonly rotationBits: number
}
export const ourShape: SegmentShape = { segmentLength: SEGMENT_LENGTH, rotationBits: ROTATION_BITS }

/** The cipher of one sealed stream. Every segment is bound to its place and to being the last or not. */
export class SegmentCipher {
  readonly shape: SegmentShape
  readonly #messageKey: Buffer
  readonly #context: Buffer
  readonly #aad: Buffer
  #current: { block: bigint; key: ReturnType<typeof createSecretKey> } | null = null

  constructor(key: Uint8Array, aad: Uint8Array, iv: Uint8Array, shape: SegmentShape) {
    this.shape = shape
    this.#context = Buffer.concat([paramsOf(shape), iv])
    this.#aad = Buffer.from(aad)
    this.#messageKey = derive(key, this.#context, Buffer.from('MESSAGE_KEY:'), this.#aad, 48)
  }

  get contentLength(): number {
    return this.shape.segmentLength - SEGMENT_OVERHEAD
  }

  seal(content: Uint8Array, position: number, isLast: boolean): Buffer {
    const sealed = Buffer.allocUnsafe(SEGMENT_OVERHEAD + content.length)
    sealed.writeUInt32BE(isLast ? sealed.length : NOT_LAST)
    const nonce = randomBytes(CIPHERTEXT_AT - NONCE_AT)
    sealed.set(nonce, NONCE_AT)
    const cipher = createCipheriv('aes-256-gcm', this.#keyAt(position), nonce, { authTagLength: TAG_LENGTH })
    cipher.setAAD(placeOf(position, isLast))
    sealed.set(cipher.update(content), CIPHERTEXT_AT)
    cipher.final()
    sealed.set(cipher.getAuthTag(), CIPHERTEXT_AT + content.length)
    return sealed
  }

  /** @throws VaultError tampered, also for a segment that was sealed for another place or cut short */
  open(sealed: Uint8Array, position: number, isLast: boolean): Buffer {
    const isRightSize = isLast
      ? sealed.length >= SEGMENT_OVERHEAD && sealed.length <= this.shape.segmentLength
      : sealed.length === this.shape.segmentLength
    if (!isRightSize || lengthSaid(sealed) !== (isLast ? sealed.length : NOT_LAST)) throw tampered()
    const nonce = sealed.subarray(NONCE_AT, CIPHERTEXT_AT)
    const decipher = createDecipheriv('aes-256-gcm', this.#keyAt(position), nonce, { authTagLength: TAG_LENGTH })
    decipher.setAAD(placeOf(position, isLast))
    decipher.setAuthTag(sealed.subarray(-TAG_LENGTH))
    const content = decipher.update(sealed.subarray(CIPHERTEXT_AT, -TAG_LENGTH))
    try {
      decipher.final()
    } catch {
      content.fill(0)
      throw tampered()
    }
    return content
  }

  #keyAt(position: number): ReturnType<typeof createSecretKey> {
    const bits = BigInt(this.shape.rotationBits)
    const block = (BigInt(position) >> bits) << bits
    if (this.#current?.block !== block) {
      const purpose = Buffer.concat([Buffer.from('DEK:'), u64(block)])
      const bytes = derive(this.#messageKey, this.#context, purpose, this.#aad, 32)
      this.#current = { block, key: createSecretKey(bytes) }
      bytes.fill(0)
    }
    return this.#current.key
  }
}

/** A fresh stream's header and cipher. */
export function startSealing(key: Uint8Array, aad: Uint8Array, shape: SegmentShape = ourShape) {
  const iv = randomBytes(IV_LENGTH)
  const header = Buffer.concat([paramsOf(shape), iv, headerTag(key, aad, iv, shape)])
  return { header, cipher: new SegmentCipher(key, aad, iv, shape) }
}

/** @throws VaultError tampered unless this key and these bound facts made the header */
export function startOpening(
  key: Uint8Array,
  aad: Uint8Array,
  header: Uint8Array,
  shape: SegmentShape = ourShape,
): SegmentCipher {
  const isOurs = header.length === HEADER_LENGTH && paramsOf(shape).equals(header.subarray(0, PARAMS_LENGTH))
  if (!isOurs) throw tampered()
  const iv = header.subarray(PARAMS_LENGTH, PARAMS_LENGTH + IV_LENGTH)
  if (!timingSafeEqual(headerTag(key, aad, iv, shape), header.subarray(-HEADER_TAG_LENGTH))) throw tampered()
  return new SegmentCipher(key, aad, iv, shape)
}

function headerTag(key: Uint8Array, aad: Uint8Array, iv: Uint8Array, shape: SegmentShape): Buffer {
  return derive(key, Buffer.concat([paramsOf(shape), iv]), Buffer.from('HEADER_TAG:'), aad, HEADER_TAG_LENGTH)
}

/** HKDF-Expand-SHA384 of at most one block: HMAC-SHA384(key, params ‖ iv ‖ purpose ‖ aad ‖ 01), cut to length. */
function derive(key: Uint8Array, context: Uint8Array, purpose: Uint8Array, aad: Uint8Array, length: number): Buffer {
  return createHmac('sha384', createSecretKey(key))
    .update(context)
    .update(purpose)
    .update(aad)
    .update(Buffer.of(1))
    .digest()
    .subarray(0, length)
}

/** u8 AEAD (0 = AES-256-GCM) ‖ u8 KDF (0 = HKDF-Expand-SHA384) ‖ u32 segment length ‖ u32 iv length */
function paramsOf({ segmentLength }: SegmentShape): Buffer {
  const params = Buffer.alloc(PARAMS_LENGTH)
  params.writeUInt32BE(segmentLength, 2)
  params.writeUInt32BE(IV_LENGTH, 6)
  return params
}

function placeOf(position: number, isLast: boolean): Buffer {
  return Buffer.concat([u64(BigInt(position)), Buffer.of(isLast ? 1 : 0)])
}

function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(value)
  return bytes
}

function lengthSaid(sealed: Uint8Array): number {
  return new DataView(sealed.buffer, sealed.byteOffset, sealed.byteLength).getUint32(0)
}

export function tampered(): VaultError {
  return new VaultError('tampered', 'A sealed stream is not what was sealed here')
}
