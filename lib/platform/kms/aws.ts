import 'server-only'

import {
  CancelKeyDeletionCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  KMSClient,
  type KeyMetadata,
  type KMSClientConfig,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms'

import { asKmsError } from './aws-faults.ts'
import { assertHostInRegion, assertKeyInRegion, isLoopback } from './aws-region.ts'
import { assertDeletionWindow, type Kms, type KmsKeyDescription, KmsError } from './port.ts'

export interface AwsKmsOptions {
  region: string
  /** A VPC endpoint inside the region, or a loopback address for a stand-in. */
  endpoint?: string
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
  /** The longest one question may take, retries included. */
  deadlineMs?: number
}

export function awsKms({ region, endpoint, credentials, deadlineMs = 5_000 }: AwsKmsOptions): Kms {
  const config: KMSClientConfig = {
    region,
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: deadlineMs, throwOnRequestTimeout: true },
  }
  if (endpoint) config.endpoint = endpoint
  if (credentials) config.credentials = credentials
  const client = new KMSClient(config)
  const mayBeLoopback = endpoint !== undefined && isLoopback(new URL(endpoint).hostname)
  client.middlewareStack.add(
    (next) => async (args) => {
      assertHostInRegion(args.request, region, mayBeLoopback)
      return next(args)
    },
    { step: 'finalizeRequest', name: 'residency', priority: 'low' },
  )

  async function ask<Answer>(send: (options: { abortSignal: AbortSignal }) => Promise<Answer>): Promise<Answer> {
    const abortSignal = AbortSignal.timeout(deadlineMs)
    // The race is for an answer whose body stalls: the SDK stops listening to the signal once headers came.
    const late = new Promise<never>((_, reject) => {
      abortSignal.addEventListener('abort', () => reject(new KmsError('unreachable', 'Deadline')), { once: true })
    })
    try {
      return await Promise.race([send({ abortSignal }), late])
    } catch (error) {
      throw asKmsError(error)
    }
  }

  return {
    kind: 'aws',
    region,

    async createKey({ organisation }) {
      const command = new CreateKeyCommand({
        KeySpec: 'SYMMETRIC_DEFAULT',
        KeyUsage: 'ENCRYPT_DECRYPT',
        MultiRegion: false,
        Description: `orinode ${organisation}`,
        Tags: [
          { TagKey: 'app', TagValue: 'orinode' },
          { TagKey: 'org', TagValue: organisation },
        ],
      })
      const { KeyMetadata } = await ask((options) => client.send(command, options))
      if (!KeyMetadata?.Arn) throw new KmsError('unreachable', 'EmptyAnswer')
      assertSingleRegion(KeyMetadata)
      assertKeyInRegion(KeyMetadata.Arn, region)
      return KeyMetadata.Arn
    },

    async generateDataKeyWithoutPlaintext({ key, context }) {
      assertKeyInRegion(key, region)
      const command = new GenerateDataKeyWithoutPlaintextCommand({
        KeyId: key,
        KeySpec: 'AES_256',
        EncryptionContext: { ...context },
      })
      const { CiphertextBlob } = await ask((options) => client.send(command, options))
      if (!CiphertextBlob) throw new KmsError('unreachable', 'EmptyAnswer')
      return CiphertextBlob
    },

    async decrypt({ key, context, wrapped }) {
      assertKeyInRegion(key, region)
      const command = new DecryptCommand({ KeyId: key, CiphertextBlob: wrapped, EncryptionContext: { ...context } })
      const { Plaintext, KeyId } = await ask((options) => client.send(command, options))
      if (!Plaintext || !KeyId) throw new KmsError('unreachable', 'EmptyAnswer')
      if (keyUuid(KeyId) !== keyUuid(key)) {
        Plaintext.fill(0)
        throw new KmsError('incorrect_key', 'AnsweredWithAnotherKey')
      }
      if (Plaintext.length !== 32) {
        Plaintext.fill(0)
        throw new KmsError('invalid_ciphertext', 'NotA32ByteKey')
      }
      return Plaintext
    },

    async describeKey(key): Promise<KmsKeyDescription> {
      assertKeyInRegion(key, region)
      const { KeyMetadata } = await ask((options) => client.send(new DescribeKeyCommand({ KeyId: key }), options))
      if (!KeyMetadata) throw new KmsError('unreachable', 'EmptyAnswer')
      assertSingleRegion(KeyMetadata)
      return describe(KeyMetadata)
    },

    async disableKey(key) {
      assertKeyInRegion(key, region)
      await ask((options) => client.send(new DisableKeyCommand({ KeyId: key }), options))
    },

    async enableKey(key) {
      assertKeyInRegion(key, region)
      await ask((options) => client.send(new EnableKeyCommand({ KeyId: key }), options))
    },

    async scheduleKeyDeletion(key, days) {
      assertKeyInRegion(key, region)
      assertDeletionWindow(days)
      const command = new ScheduleKeyDeletionCommand({ KeyId: key, PendingWindowInDays: days })
      const { DeletionDate } = await ask((options) => client.send(command, options))
      if (!DeletionDate) throw new KmsError('unreachable', 'EmptyAnswer')
      return DeletionDate
    },

    async cancelKeyDeletion(key) {
      assertKeyInRegion(key, region)
      await ask((options) => client.send(new CancelKeyDeletionCommand({ KeyId: key }), options))
    },
  }
}

/** A multi-region key's copies live outside the country, whatever this copy's ARN says. */
function assertSingleRegion(metadata: KeyMetadata): void {
  if (metadata.MultiRegion === true) throw new KmsError('wrong_region', 'MultiRegionKey')
}

/** AWS's further states (creating, importing, store unavailable) all mean: not usable now, not dying. */
function describe(metadata: KeyMetadata): KmsKeyDescription {
  const deletionDate = metadata.DeletionDate ?? null
  switch (metadata.KeyState) {
    case 'Enabled':
      return { state: 'enabled', deletionDate: null }
    case 'PendingDeletion':
    case 'PendingReplicaDeletion':
      return { state: 'pending_deletion', deletionDate }
    default:
      return { state: 'disabled', deletionDate: null }
  }
}

function keyUuid(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1)
}
