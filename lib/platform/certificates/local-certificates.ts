import 'server-only'

import { createPrivateKey, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

import { writeWhole } from '../home/write-whole.ts'

export interface LocalCertificates {
  caFile: string
  certFile: string
  keyFile: string
}

const day = 86_400_000
/** Browsers refuse server certificates that live much longer than a year. */
const serverDays = 390
const serverMarginDays = 30
const authorityDays = 3650
const authorityMarginDays = 400

/**
 * The home's own authority (kept, so that a browser told to trust it goes on doing so) and a server
 * certificate from it, made anew when it is missing, near its end or not from this authority.
 */
export async function ensureLocalCertificates(folder: string): Promise<LocalCertificates> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const caFile = join(folder, 'ca.pem')
  const caKeyFile = join(folder, 'ca-key.pem')
  const certFile = join(folder, 'server.pem')
  const keyFile = join(folder, 'server-key.pem')

  if (!isGood(caFile, caKeyFile, authorityMarginDays)) {
    const { issueAuthority } = await issuing()
    const made = await issueAuthority(`Orinode on ${hostname()}`.slice(0, 60), authorityDays)
    writeWhole(caKeyFile, made.key)
    writeWhole(caFile, made.certificate)
  }
  const authority = new X509Certificate(readFileSync(caFile))
  const isServerGood =
    isGood(certFile, keyFile, serverMarginDays) &&
    new X509Certificate(readFileSync(certFile)).verify(authority.publicKey)
  if (!isServerGood) {
    const { issueForServer } = await issuing()
    const made = await issueForServer(
      { certificate: authority.toString(), key: readFileSync(caKeyFile, 'utf8') },
      ['localhost', '127.0.0.1', '::1'],
      serverDays,
    )
    writeWhole(keyFile, made.key)
    writeWhole(certFile, made.certificate)
  }
  return { caFile, certFile, keyFile }
}

function isGood(certFile: string, keyFile: string, marginDays: number): boolean {
  if (!existsSync(certFile) || !existsSync(keyFile)) return false
  const certificate = new X509Certificate(readFileSync(certFile))
  return (
    certificate.checkPrivateKey(createPrivateKey(readFileSync(keyFile))) &&
    certificate.validToDate.getTime() - Date.now() > marginDays * day
  )
}

/** Loaded only when something has to be made: the library takes a tenth of a second, and most starts make nothing. */
const issuing = () => import('./issue.ts')
