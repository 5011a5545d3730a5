import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  randomFillSync,
  timingSafeEqual,
} from 'node:crypto'

import type { OrganisationId } from '../kernel/ids.ts'
import type { SealedColumn } from './columns.ts'
import { lp, lpText, lpUuid, u32 } from './length-prefix.ts'
import type { TenantKey } from './tenant-key.ts'
import { VaultError } from './vault-error.ts'

/*
 * DF1: DF 01 ‖ u32 key version ‖ salt[24] ‖ commitment[32] ‖ ciphertext ‖ tag[16]
 */
const VERSION_AT = 2
const SALT_AT = 6
const SALT_LENGTH = 24
const COMMITMENT_AT = 30
const CIPHERTEXT_AT = 62
const TAG_LENGTH = 16
const DF1_OVERHEAD = CIPHERTEXT_AT + TAG_LENGTH

// Keys enter as key objects throughout: Node takes those several times as quickly as raw bytes.

/** Every message key is used once, so its nonce may be constant. */
const NONCE = Buffer.alloc(12)
const ONE = Buffer.of(1)
const MESSAGE_LABEL = Buffer.from('orinode/field/v1/msg')
const FORMAT_LABEL = lpText('orinode/field/v1')
const NOTHING = Buffer.alloc(0)

/** The place a value belongs to; it opens nowhere else. */
export interface Place {
  readonly organisation: OrganisationId
  readonly column: SealedColumn
  readonly rowId: string
  /** A search token stored beside the value, bound so that the two cannot be mixed. */
  readonly index?: Uint8Array | undefined
}

export function sealField(key: TenantKey, place: Place, plaintext: Uint8Array): Buffer {
  const sealed = Buffer.allocUnsafe(DF1_OVERHEAD + plaintext.length)
  sealed.writeUInt16BE(0xdf01)
  sealed.writeUInt32BE(key.version, VERSION_AT)
  const salt = randomFillSync(sealed, SALT_AT, SALT_LENGTH).subarray(SALT_AT, COMMITMENT_AT)
  const { messageKey, commitment } = messageKeys(key, place.column, salt)
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(messageKey), NONCE, { authTagLength: TAG_LENGTH })
  cipher.setAAD(additionalData(place, key.version))
  messageKey.fill(0)
  sealed.set(commitment, COMMITMENT_AT)
  sealed.set(cipher.update(plaintext), CIPHERTEXT_AT)
  // In GCM nothing is left to give but the tag.
  cipher.final()
  sealed.set(cipher.getAuthTag(), CIPHERTEXT_AT + plaintext.length)
  return sealed
}

export function openField(key: TenantKey, place: Place, sealed: Uint8Array): Buffer {
  if (sealedVersion(sealed) !== key.version) throw new VaultError('no_such_key', 'Sealed under another key version')
  const salt = sealed.subarray(SALT_AT, COMMITMENT_AT)
  const { messageKey, commitment } = messageKeys(key, place.column, salt)
  try {
    if (!timingSafeEqual(commitment, sealed.subarray(COMMITMENT_AT, CIPHERTEXT_AT))) throw tampered()
    const decipher = createDecipheriv('aes-256-gcm', createSecretKey(messageKey), NONCE, { authTagLength: TAG_LENGTH })
    decipher.setAAD(additionalData(place, key.version))
    decipher.setAuthTag(sealed.subarray(-TAG_LENGTH))
    const opened = decipher.update(sealed.subarray(CIPHERTEXT_AT, -TAG_LENGTH))
    try {
      decipher.final()
    } catch {
      opened.fill(0)
      throw tampered()
    }
    return opened
  } finally {
    messageKey.fill(0)
  }
}

/** Which key a stored value needs, read without opening it. */
export function sealedVersion(sealed: Uint8Array): number {
  if (sealed[0] !== 0xdf || sealed[1] !== 0x01) throw new VaultError('not_sealed', 'Not a sealed value')
  if (sealed.length < DF1_OVERHEAD) throw tampered()
  return new DataView(sealed.buffer, sealed.byteOffset, sealed.byteLength).getUint32(VERSION_AT)
}

/** T = HMAC-SHA512(column key, "orinode/field/v1/msg" ‖ salt ‖ 01), halved. The commitment is safe to show. */
function messageKeys(
  key: TenantKey,
  column: SealedColumn,
  salt: Uint8Array,
): { messageKey: Buffer; commitment: Buffer } {
  const both = createHmac('sha512', createSecretKey(key.columnKey(column)))
    .update(Buffer.concat([MESSAGE_LABEL, salt, ONE]))
    .digest()
  return { messageKey: both.subarray(0, 32), commitment: both.subarray(32) }
}

function additionalData({ organisation, column, rowId, index }: Place, version: number): Buffer {
  return Buffer.concat([
    FORMAT_LABEL,
    lpUuid(organisation),
    columnLabels(column),
    lpUuid(rowId),
    u32(version),
    lp(index ?? NOTHING),
  ])
}

const labels = new WeakMap<SealedColumn, Buffer>()

/** lp(table) ‖ lp(column): permanent, so made once. */
function columnLabels(column: SealedColumn): Buffer {
  const known = labels.get(column)
  if (known) return known
  const made = Buffer.concat([lpText(column.table), lpText(column.column)])
  labels.set(column, made)
  return made
}

function tampered(): VaultError {
  return new VaultError('tampered', 'A sealed value is not what was sealed here')
}
