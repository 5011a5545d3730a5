import 'server-only'

import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto'

import { type LocalKey, LocalKeyFile } from './local-key-file.ts'
import { assertDeletionWindow, type EncryptionContext, type Kms, KmsError } from './port.ts'

export interface LocalKmsOptions {
  /** Outside the database and its backups. */
  path: string
  /** True when the database already holds wrapped keys: then a missing file is lost, not new. */
  tenantKeysExist: boolean
  production: boolean
  allowLocal: boolean
  now?: () => number
}

/** Thrown at start only. */
export class LocalKmsRefusal extends Error {
  override readonly name = 'LocalKmsRefusal'
}

/** Before the key's uuid and after this, a wrapped key reads: nonce[12] ‖ ciphertext[32] ‖ tag[16]. */
const HEADER = Buffer.from([0x4c, 0x01])
const WRAPPED_LENGTH = HEADER.length + 16 + 12 + 32 + 16
const DAY_MS = 86_400_000

export function localKms({ path, tenantKeysExist, production, allowLocal, now = Date.now }: LocalKmsOptions): Kms {
  if (production && !allowLocal) {
    throw new LocalKmsRefusal(
      'Keys in a local file are refused in production unless they are allowed by name (ALLOW_LOCAL_KMS=1)',
    )
  }
  const file = new LocalKeyFile(path, now)
  if (!file.exists()) {
    if (tenantKeysExist) {
      throw new LocalKmsRefusal(
        'The key file is missing while the database holds keys that only it can open: restore the file, a new one would not help',
      )
    }
    file.createEmpty()
  }
  file.assertReadable()

  async function usable(key: string): Promise<LocalKey> {
    const found = await existing(key)
    if (found.deletionDate !== null) throw new KmsError('invalid_state', 'PendingDeletion')
    if (found.disabled) throw new KmsError('disabled')
    return found
  }

  async function existing(key: string): Promise<LocalKey> {
    const found = await file.find(key)
    if (!found) throw new KmsError('not_found')
    return found
  }

  function change(key: string, to: (found: LocalKey) => LocalKey): Promise<void> {
    return file.change((keys) => {
      const found = keys.get(key)
      if (!found) throw new KmsError('not_found')
      keys.set(key, to(found))
    })
  }

  return {
    kind: 'local',
    region: 'this-machine',

    async createKey({ organisation }) {
      const id = `local:${randomUUID()}`
      await file.change((keys) => {
        const material = randomBytes(32).toString('base64')
        keys.set(id, {
          organisation,
          material,
          disabled: false,
          deletionDate: null,
          createdAt: new Date(now()).toISOString(),
        })
      })
      return id
    },

    async generateDataKeyWithoutPlaintext({ key, context }) {
      const secret = Buffer.from((await usable(key)).material, 'base64')
      const dataKey = randomBytes(32)
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', secret, nonce, { authTagLength: 16 })
      cipher.setAAD(additionalData(key, context))
      const ciphertext = Buffer.concat([cipher.update(dataKey), cipher.final()])
      dataKey.fill(0)
      secret.fill(0)
      return Buffer.concat([HEADER, uuidBytes(key), nonce, ciphertext, cipher.getAuthTag()])
    },

    async decrypt({ key, context, wrapped }) {
      const { material } = await usable(key)
      const bytes = Buffer.from(wrapped)
      if (bytes.length !== WRAPPED_LENGTH || !bytes.subarray(0, 2).equals(HEADER))
        throw new KmsError('invalid_ciphertext')
      if (!bytes.subarray(2, 18).equals(uuidBytes(key))) throw new KmsError('incorrect_key')
      const secret = Buffer.from(material, 'base64')
      const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(18, 30), { authTagLength: 16 })
      decipher.setAAD(additionalData(key, context))
      decipher.setAuthTag(bytes.subarray(62))
      const opened = decipher.update(bytes.subarray(30, 62))
      try {
        decipher.final()
      } catch {
        opened.fill(0)
        throw new KmsError('invalid_ciphertext')
      } finally {
        secret.fill(0)
      }
      return opened
    },

    async describeKey(key) {
      const { disabled, deletionDate } = await existing(key)
      if (deletionDate !== null) return { state: 'pending_deletion', deletionDate: new Date(deletionDate) }
      return { state: disabled ? 'disabled' : 'enabled', deletionDate: null }
    },

    async disableKey(key) {
      await change(key, (found) => ({ ...notPending(found), disabled: true }))
    },

    async enableKey(key) {
      await change(key, (found) => ({ ...notPending(found), disabled: false }))
    },

    async scheduleKeyDeletion(key, days) {
      assertDeletionWindow(days)
      const deletionDate = new Date(now() + days * DAY_MS)
      await change(key, (found) => ({ ...notPending(found), deletionDate: deletionDate.toISOString() }))
      return deletionDate
    },

    async cancelKeyDeletion(key) {
      await change(key, (found) => {
        if (found.deletionDate === null) throw new KmsError('invalid_state', 'NotPendingDeletion')
        return { ...found, deletionDate: null, disabled: true }
      })
    },
  }
}

function notPending(key: LocalKey): LocalKey {
  if (key.deletionDate !== null) throw new KmsError('invalid_state', 'PendingDeletion')
  return key
}

/** Every part length-prefixed and the names sorted, so that no two contexts read the same. */
function additionalData(key: string, context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Buffer.concat(
    ['orinode/local-kms/v1', key, ...pairs.flat()].map((part) => {
      const bytes = Buffer.from(part, 'utf8')
      const length = Buffer.alloc(4)
      length.writeUInt32BE(bytes.length)
      return Buffer.concat([length, bytes])
    }),
  )
}

function uuidBytes(key: string): Buffer {
  return Buffer.from(key.slice('local:'.length).replaceAll('-', ''), 'hex')
}
