import 'reflect-metadata'

import { createPrivateKey, X509Certificate } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { KeyUsageFlags, KeyUsagesExtension, X509Certificate as X509 } from '@peculiar/x509'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { issueAuthority, type Issued, issueForServer } from './issue.ts'
import { ensureLocalCertificates } from './local-certificates.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'certificates-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const certificate = (file: string): X509Certificate => new X509Certificate(readFileSync(file))
const authorityIn = (at: string): Issued => ({
  certificate: readFileSync(join(at, 'ca.pem'), 'utf8'),
  key: readFileSync(join(at, 'ca-key.pem'), 'utf8'),
})
const serverAuth = '1.3.6.1.5.5.7.3.1'
const usagesOf = (file: string) => new X509(readFileSync(file)).getExtension(KeyUsagesExtension)?.usages
const daysLeft = (file: string): number => (certificate(file).validToDate.getTime() - Date.now()) / 86_400_000

test('the server certificate is signed by the authority and names every loopback address', async () => {
  const { caFile, certFile, keyFile } = await ensureLocalCertificates(folder)
  const server = certificate(certFile)
  expect(server.checkIssued(certificate(caFile))).toBe(true)
  expect(server.verify(certificate(caFile).publicKey)).toBe(true)
  expect(server.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1')
  expect(server.ca).toBe(false)
  expect(certificate(caFile).ca).toBe(true)
  expect(daysLeft(certFile)).toBeLessThan(398)
  expect(daysLeft(caFile)).toBeGreaterThan(3640)
  expect(certificate(certFile).validFromDate.getTime()).toBeLessThan(Date.now())
  expect(certificate(certFile).checkPrivateKey(createPrivateKey(readFileSync(keyFile)))).toBe(true)
})

test('the server certificate is good for a server and for nothing else; the authority signs certificates and lists', async () => {
  const { caFile, certFile } = await ensureLocalCertificates(folder)
  expect(certificate(certFile).keyUsage).toEqual([serverAuth])
  expect(usagesOf(certFile)).toBe(KeyUsageFlags.digitalSignature)
  // No purpose of its own: what it signs says what it is for.
  expect(certificate(caFile).keyUsage).toBeUndefined()
  expect(usagesOf(caFile)).toBe(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign)
})

test.each(['localhost', '127.0.0.1'])('a client that knows only the authority trusts https://%s', async (host) => {
  const { caFile, certFile, keyFile } = await ensureLocalCertificates(folder)
  expect(await statusFrom(host, { ca: caFile, cert: certFile, key: keyFile })).toBe(204)
})

test('a client refuses the authority for any other name', async () => {
  const other = mkdtempSync(join(tmpdir(), 'certificates-'))
  try {
    const { certFile, keyFile } = await ensureLocalCertificates(folder)
    const { caFile } = await ensureLocalCertificates(other)
    await expect(statusFrom('localhost', { ca: caFile, cert: certFile, key: keyFile })).rejects.toThrow(/certificate/)
  } finally {
    rmSync(other, { recursive: true, force: true })
  }
})

test('a client refuses a certificate of the authority for a name that is not this machine’s', async () => {
  const { caFile } = await ensureLocalCertificates(folder)
  const files = { ca: caFile, cert: join(folder, 'foreign.pem'), key: join(folder, 'foreign-key.pem') }
  for (const [names, answer] of [
    [['other.example'], /permitted subtree violation/],
    [['localhost', '192.0.2.1'], /permitted subtree violation/],
  ] as const) {
    const made = await issueForServer(authorityIn(folder), [...names], 20)
    writeFileSync(files.cert, made.certificate)
    writeFileSync(files.key, made.key)
    await expect(statusFrom('localhost', files)).rejects.toThrow(answer)
  }
})

test('keys are readable by their owner only', async () => {
  const { caFile, certFile, keyFile } = await ensureLocalCertificates(folder)
  for (const file of [caFile, certFile, keyFile, join(folder, 'ca-key.pem')])
    expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('a second look keeps both certificates', async () => {
  const { caFile, certFile } = await ensureLocalCertificates(folder)
  const before = [readFileSync(caFile, 'utf8'), readFileSync(certFile, 'utf8')]
  await ensureLocalCertificates(folder)
  expect([readFileSync(caFile, 'utf8'), readFileSync(certFile, 'utf8')]).toEqual(before)
})

test('a server certificate near its end is made anew and the authority stays', async () => {
  const { caFile, certFile, keyFile } = await ensureLocalCertificates(folder)
  const authority = readFileSync(caFile, 'utf8')
  const old = await issueForServer(authorityIn(folder), ['localhost'], 20)
  writeFileSync(certFile, old.certificate)
  writeFileSync(keyFile, old.key)
  chmodSync(keyFile, 0o600)
  await ensureLocalCertificates(folder)
  expect(daysLeft(certFile)).toBeGreaterThan(300)
  expect(readFileSync(caFile, 'utf8')).toBe(authority)
})

test('a server certificate of another authority is replaced', async () => {
  const { caFile, certFile } = await ensureLocalCertificates(folder)
  const made = await issueAuthority('another', 3650)
  writeFileSync(caFile, made.certificate)
  writeFileSync(join(folder, 'ca-key.pem'), made.key)
  await ensureLocalCertificates(folder)
  expect(certificate(certFile).verify(certificate(caFile).publicKey)).toBe(true)
})

function statusFrom(host: string, files: { ca: string; cert: string; key: string }): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer({ cert: readFileSync(files.cert), key: readFileSync(files.key) }, (_, response) => {
      response.writeHead(204).end()
    })
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      const request = get({ host, port, ca: readFileSync(files.ca), agent: false, family: 4 }, (response) => {
        response.resume()
        server.close()
        resolve(response.statusCode)
      })
      request.once('error', (error) => {
        server.close()
        reject(error)
      })
    })
  })
}
