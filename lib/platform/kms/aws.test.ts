import { createServer, type RequestListener } from 'node:http'

import { describe, expect, onTestFinished, test, vi } from 'vitest'

import { awsKms } from './aws.ts'
import { assertHostInRegion, assertKeyInRegion } from './aws-region.ts'
import { faultOf } from '../../testing/kms-contract.ts'
import { isKmsError, type Kms, KmsError } from './port.ts'

const region = 'af-south-1'
const key = `arn:aws:kms:${region}:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab`
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' }
const context = { org: 'o' }

/** KMS as far as it can be heard: one answer to everything, on loopback. */
async function kmsAnswering(listener: RequestListener): Promise<Kms> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return awsKms({ region, credentials, endpoint: `http://127.0.0.1:${port}`, deadlineMs: 1_500 })
}

const answering = (status: number, body: object): Promise<Kms> =>
  kmsAnswering((_, response) =>
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body)),
  )

const decrypt = (kms: Kms): Promise<Uint8Array> => kms.decrypt({ key, context, wrapped: Buffer.from('wrapped') })

async function refusalOf(act: Promise<unknown>): Promise<KmsError> {
  try {
    await act
  } catch (error) {
    if (isKmsError(error)) return error
    throw error
  }
  throw new Error('was not refused')
}

describe('what AWS answers', () => {
  test.each([
    ['DisabledException', 400],
    ['KMSInvalidStateException', 400],
    ['AccessDeniedException', 400],
    ['NotFoundException', 400],
    ['IncorrectKeyException', 400],
    ['InvalidCiphertextException', 400],
    ['InvalidKeyUsageException', 400],
  ])('%s is a revocation', async (name, status) => {
    const error = await refusalOf(decrypt(await answering(status, { __type: name, message: 'secret detail' })))
    expect(error).toMatchObject({ kind: 'revoked', code: name })
    expect(error.message).not.toContain('secret detail')
  })

  test.each([
    ['ThrottlingException', 400],
    ['KMSInternalException', 500],
    ['DependencyTimeoutException', 500],
    ['KeyUnavailableException', 500],
    ['LimitExceededException', 400],
    ['ServiceUnavailable', 503],
    ['UnrecognizedClientException', 400],
    ['ExpiredTokenException', 400],
  ])('%s is an outage', async (name, status) => {
    expect(await refusalOf(decrypt(await answering(status, { __type: name })))).toMatchObject({ kind: 'outage' })
  })

  test('nonsense is an outage', async () => {
    const nonsense = await kmsAnswering((_, response) => response.writeHead(200).end('<html>'))
    expect((await refusalOf(decrypt(nonsense))).kind).toBe('outage')
    expect((await refusalOf(decrypt(await answering(200, {})))).kind).toBe('outage')
  })

  test('the data key of another root key is refused, and so is one of another length', async () => {
    const Plaintext = Buffer.alloc(32, 1).toString('base64')
    expect((await decrypt(await answering(200, { KeyId: key, Plaintext }))).length).toBe(32)
    const another = key.replace('1234abcd', '99999999')
    expect(await faultOf(decrypt(await answering(200, { KeyId: another, Plaintext })))).toBe('incorrect_key')
    const short = await answering(200, { KeyId: key, Plaintext: Buffer.alloc(16).toString('base64') })
    expect(await faultOf(decrypt(short))).toBe('invalid_ciphertext')
  })

  test('a multi-region key is refused whatever its name', async () => {
    const kms = await answering(200, { KeyMetadata: { KeyId: key, Arn: key, KeyState: 'Enabled', MultiRegion: true } })
    expect(await faultOf(kms.describeKey(key))).toBe('wrong_region')
  })
})

describe('a key service that does not answer', () => {
  test('is an outage once the deadline passes, whether silent from the start or in mid-answer', async () => {
    const silent = await kmsAnswering(() => undefined)
    const stalling = await kmsAnswering((_, response) => {
      response
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': '1000' })
        .write('{"Plain')
    })
    const startedAt = performance.now()
    const errors = await Promise.all([refusalOf(decrypt(silent)), refusalOf(decrypt(stalling))])
    expect(errors.map(({ kind }) => kind)).toEqual(['outage', 'outage'])
    expect(performance.now() - startedAt).toBeLessThan(3_000)
  })

  test('is an outage when nobody listens', async () => {
    const kms = awsKms({ region, credentials, endpoint: 'http://127.0.0.1:9', deadlineMs: 1_500 })
    expect((await refusalOf(decrypt(kms))).kind).toBe('outage')
  })
})

describe('residency', () => {
  test.each([
    ['another region', key.replace('af-south-1', 'eu-west-1'), 'wrong_region'],
    [
      'a multi-region key',
      key.replace('1234abcd-12ab-34cd-56ef-1234567890ab', 'mrk-1234abcd12ab34cd56ef1234567890ab'),
      'wrong_region',
    ],
    ['a bare multi-region key id', 'mrk-1234abcd12ab34cd56ef1234567890ab', 'wrong_region'],
    ['an alias', 'alias/theirs', 'bad_request'],
    ['an alias by ARN', `arn:aws:kms:${region}:123456789012:alias/theirs`, 'bad_request'],
    ['a local key', 'local:1234', 'bad_request'],
    ['nothing', '', 'bad_request'],
  ])('a key of %s is refused before anything is sent', async (_, wrong, fault) => {
    const kms = awsKms({ region, credentials, endpoint: 'http://127.0.0.1:9' })
    const asked = [
      kms.decrypt({ key: wrong, context, wrapped: Buffer.alloc(1) }),
      kms.generateDataKeyWithoutPlaintext({ key: wrong, context }),
      kms.describeKey(wrong),
      kms.disableKey(wrong),
      kms.enableKey(wrong),
      kms.scheduleKeyDeletion(wrong, 7),
      kms.cancelKeyDeletion(wrong),
    ]
    expect(await Promise.all(asked.map(faultOf))).toEqual(asked.map(() => fault))
  })

  test('a key of ours by ARN or bare id is accepted', () => {
    expect(() => assertKeyInRegion(key, region)).not.toThrow()
    expect(() => assertKeyInRegion('1234abcd-12ab-34cd-56ef-1234567890ab', region)).not.toThrow()
  })

  test.each([
    'https://kms.eu-west-1.amazonaws.com',
    'https://kms.af-south-1.amazonaws.com.example.com',
    'http://kms.af-south-1.amazonaws.com',
    'https://10.0.0.1',
  ])('no request leaves for %s', async (endpoint) => {
    expect(await faultOf(decrypt(awsKms({ region, credentials, endpoint })))).toBe('wrong_region')
  })

  test('an endpoint slipped in through the environment is refused, loopback or not', async () => {
    onTestFinished(() => {
      vi.unstubAllEnvs()
    })
    for (const endpoint of ['http://127.0.0.1:9', 'https://kms.eu-west-1.amazonaws.com']) {
      vi.stubEnv('AWS_ENDPOINT_URL_KMS', endpoint)
      expect(await faultOf(decrypt(awsKms({ region, credentials })))).toBe('wrong_region')
    }
  })

  test('the region’s own hosts are accepted', () => {
    for (const hostname of [
      'kms.af-south-1.amazonaws.com',
      'kms-fips.af-south-1.amazonaws.com',
      'vpce-1.kms.af-south-1.vpce.amazonaws.com',
      'kms.af-south-1.api.aws',
    ]) {
      expect(() => assertHostInRegion({ hostname, protocol: 'https:' }, region, false)).not.toThrow()
    }
    expect(() => assertHostInRegion({ hostname: '127.0.0.1', protocol: 'http:' }, region, false)).toThrow(KmsError)
    expect(() => assertHostInRegion({}, region, false)).toThrow(KmsError)
  })
})
