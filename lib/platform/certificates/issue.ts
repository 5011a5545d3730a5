import 'server-only'
// The library below finds its parts by it, so it comes first.
import 'reflect-metadata'

import { isIP } from 'node:net'

import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  type JsonGeneralNames,
  type JsonName,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

export interface Issued {
  /** PEM. */
  certificate: string
  /** PEM, PKCS #8. */
  key: string
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const day = 86_400_000

/**
 * NameConstraints (RFC 5280 §4.2.1.10), the one extension the library has no words for. Its value never changes:
 * permitted are localhost, 127.0.0.1/32 and ::1/128, each a subtree of one name.
 */
const loopbackOnly = Buffer.from(
  '303fa03d' +
    '300b82096c6f63616c686f7374' +
    '300a87087f000001ffffffff' +
    '3022872000000000000000000000000000000001ffffffffffffffffffffffffffffffff',
  'hex',
)

/** An authority that can vouch for this machine's own names and no others, even where a person trusts it. */
export async function issueAuthority(commonName: string, days: number): Promise<Issued> {
  const keys = await newKeys()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: named(commonName),
    ...validFor(days),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      new Extension('2.5.29.30', true, loopbackOnly),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return inPem(certificate, keys)
}

/** A server's certificate for the names and addresses it is reached by, from an authority's certificate and key. */
export async function issueForServer(authority: Issued, names: [string, ...string[]], days: number): Promise<Issued> {
  const keys = await newKeys()
  const issuer = new X509Certificate(authority.certificate)
  // As the authority itself writes it: a client compares the two.
  const issuerKeyId = issuer.getExtension(SubjectKeyIdentifierExtension)?.keyId
  if (issuerKeyId === undefined) throw new TypeError('an authority names its own key')
  const signingKey = await crypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(authority.key), algorithm, false, [
    'sign',
  ])
  const certificate = await X509CertificateGenerator.create({
    subject: named(names[0]),
    issuer: issuer.subjectName,
    ...validFor(days),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names.map(asGeneralName)),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      new AuthorityKeyIdentifierExtension(issuerKeyId),
    ],
  })
  return inPem(certificate, keys)
}

const newKeys = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])

const named = (commonName: string): JsonName => [{ O: ['Orinode, local'] }, { CN: [commonName] }]

const asGeneralName = (value: string): JsonGeneralNames[number] => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })

/** A day of grace for clocks that are behind. */
const validFor = (days: number): { notBefore: Date; notAfter: Date } => ({
  notBefore: new Date(Date.now() - day),
  notAfter: new Date(Date.now() + days * day),
})

async function inPem(certificate: X509Certificate, { privateKey }: CryptoKeyPair): Promise<Issued> {
  const key = await crypto.subtle.exportKey('pkcs8', privateKey)
  return {
    certificate: `${certificate.toString('pem')}\n`,
    key: `${PemConverter.encode(key, PemConverter.PrivateKeyTag)}\n`,
  }
}
