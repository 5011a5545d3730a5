import 'server-only'

import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

import { bits, type Der, integer, objectId, octets, sequence, set, tagged, text, time, yes } from './der.ts'

export interface Issued {
  /** PEM. */
  certificate: string
  /** PEM, PKCS #8. */
  key: string
}

interface Wanted {
  commonName: string
  days: number
  issuer?: { commonName: string; key: KeyObject }
  extensions: (subjectKeyId: Buffer, issuerKeyId: Buffer) => Der[]
}

const ecdsaWithSha256 = sequence(objectId('1.2.840.10045.4.3.2'))
const day = 86_400_000

const extension = (id: string, isCritical: boolean, value: Der): Der =>
  isCritical ? sequence(objectId(id), yes, octets(value)) : sequence(objectId(id), octets(value))

/** An authority that can vouch for this machine's own names and no others, even where a person trusts it. */
export function issueAuthority(commonName: string, days: number): Issued {
  const permitted = [
    tagged(0x82, Buffer.from('localhost')),
    tagged(0x87, Buffer.from([127, 0, 0, 1, 255, 255, 255, 255])),
    tagged(0x87, loopback6, Buffer.alloc(16, 0xff)),
  ]
  return issue({
    commonName,
    days,
    extensions: (subjectKeyId) => [
      extension('2.5.29.19', true, sequence(yes, integer(Buffer.from([0])))),
      // keyCertSign, cRLSign.
      extension('2.5.29.15', true, bits(Buffer.from([0b0000_0110]), 1)),
      extension('2.5.29.30', true, sequence(tagged(0xa0, ...permitted.map((base) => sequence(base))))),
      extension('2.5.29.14', false, octets(subjectKeyId)),
    ],
  })
}

/** A server's certificate for localhost, 127.0.0.1 and ::1. */
export function issueForLocalhost(authority: { commonName: string; keyPem: KeyObject }, days: number): Issued {
  return issue({
    commonName: 'localhost',
    days,
    issuer: { commonName: authority.commonName, key: authority.keyPem },
    extensions: (subjectKeyId, issuerKeyId) => [
      extension('2.5.29.19', true, sequence()),
      // digitalSignature.
      extension('2.5.29.15', true, bits(Buffer.from([0b1000_0000]), 7)),
      extension('2.5.29.37', false, sequence(objectId('1.3.6.1.5.5.7.3.1'))),
      extension(
        '2.5.29.17',
        false,
        sequence(
          tagged(0x82, Buffer.from('localhost')),
          tagged(0x87, Buffer.from([127, 0, 0, 1])),
          tagged(0x87, loopback6),
        ),
      ),
      extension('2.5.29.14', false, octets(subjectKeyId)),
      extension('2.5.29.35', false, sequence(tagged(0x80, issuerKeyId))),
    ],
  })
}

const loopback6 = Buffer.from([...Buffer.alloc(15), 1])

function issue(wanted: Wanted): Issued {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const signer = wanted.issuer?.key ?? pair.privateKey
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(randomBytes(16)),
    ecdsaWithSha256,
    name(wanted.issuer?.commonName ?? wanted.commonName),
    // A day of grace for clocks that are behind.
    sequence(time(new Date(Date.now() - day)), time(new Date(Date.now() + wanted.days * day))),
    name(wanted.commonName),
    publicKeyInfo(pair.publicKey),
    tagged(0xa3, sequence(...wanted.extensions(keyId(pair.publicKey), keyId(createPublicKey(signer))))),
  )
  const certificate = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, signer)))
  return {
    certificate: pem('CERTIFICATE', certificate),
    key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

const name = (commonName: string): Der =>
  sequence(
    set(sequence(objectId('2.5.4.10'), text('Orinode, local'))),
    set(sequence(objectId('2.5.4.3'), text(commonName))),
  )

const publicKeyInfo = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' })

const keyId = (key: KeyObject): Buffer => createHash('sha1').update(publicKeyInfo(key)).digest()

const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der.toString('base64').replaceAll(/.{64}/g, '$&\n').trimEnd()}\n-----END ${label}-----\n`
