import { createPrivateKey, X509Certificate } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { issueAuthority, issueForLocalhost } from './issue.ts'
import { ensureLocalCertificates } from './local-certificates.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'certificates-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const certificate = (file: string): X509Certificate => new X509Certificate(readFileSync(file))
const daysLeft = (file: string): number => (certificate(file).validToDate.getTime() - Date.now()) / 86_400_000

test('the server certificate is signed by the authority and names every loopback address', () => {
  const { caFile, certFile } = ensureLocalCertificates(folder)
  const server = certificate(certFile)
  expect(server.checkIssued(certificate(caFile))).toBe(true)
  expect(server.verify(certificate(caFile).publicKey)).toBe(true)
  expect(server.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1')
  expect(server.ca).toBe(false)
  expect(certificate(caFile).ca).toBe(true)
  expect(daysLeft(certFile)).toBeLessThan(398)
})

test.each(['localhost', '127.0.0.1'])('a client that knows only the authority trusts https://%s', async (host) => {
  const { caFile, certFile, keyFile } = ensureLocalCertificates(folder)
  expect(await statusFrom(host, { ca: caFile, cert: certFile, key: keyFile })).toBe(204)
})

test('a client refuses the authority for any other name', async () => {
  const other = mkdtempSync(join(tmpdir(), 'certificates-'))
  try {
    const { certFile, keyFile } = ensureLocalCertificates(folder)
    const { caFile } = ensureLocalCertificates(other)
    await expect(statusFrom('localhost', { ca: caFile, cert: certFile, key: keyFile })).rejects.toThrow(/certificate/)
  } finally {
    rmSync(other, { recursive: true, force: true })
  }
})

test('keys are readable by their owner only', () => {
  const { caFile, certFile, keyFile } = ensureLocalCertificates(folder)
  for (const file of [caFile, certFile, keyFile, join(folder, 'ca-key.pem')])
    expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('a second look keeps both certificates', () => {
  const { caFile, certFile } = ensureLocalCertificates(folder)
  const before = [readFileSync(caFile, 'utf8'), readFileSync(certFile, 'utf8')]
  ensureLocalCertificates(folder)
  expect([readFileSync(caFile, 'utf8'), readFileSync(certFile, 'utf8')]).toEqual(before)
})

test('a server certificate near its end is made anew and the authority stays', () => {
  const { caFile, certFile, keyFile } = ensureLocalCertificates(folder)
  const authority = readFileSync(caFile, 'utf8')
  const commonName = certificate(caFile).subject.split('CN=')[1] ?? ''
  const old = issueForLocalhost({ commonName, keyPem: createPrivateKey(readFileSync(join(folder, 'ca-key.pem'))) }, 20)
  writeFileSync(certFile, old.certificate)
  writeFileSync(keyFile, old.key)
  chmodSync(keyFile, 0o600)
  ensureLocalCertificates(folder)
  expect(daysLeft(certFile)).toBeGreaterThan(300)
  expect(readFileSync(caFile, 'utf8')).toBe(authority)
})

test('a server certificate of another authority is replaced', () => {
  const { caFile, certFile } = ensureLocalCertificates(folder)
  const made = issueAuthority('another', 3650)
  writeFileSync(caFile, made.certificate)
  writeFileSync(join(folder, 'ca-key.pem'), made.key)
  ensureLocalCertificates(folder)
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
