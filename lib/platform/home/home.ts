import 'server-only'

import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { ensureLocalCertificates, type LocalCertificates } from '../certificates/local-certificates.ts'
import { writeWhole } from './write-whole.ts'

/** Every file of a home that more than one process knows by name. */
export interface Home {
  folder: string
  upFile: string
  rolesFile: string
  adminPathFile: string
  signInSecretFile: string
  kmsKeyFile: string
  logs: string
  certificates: LocalCertificates
}

/** The home at this folder, with whatever it lacks made: folders, certificates, secrets. Never replaces a secret. */
export async function openHome(at: string): Promise<Home> {
  const folder = resolve(at)
  // The database account passes through to its own folder (0700) and can list nothing on the way.
  ensureFolder(folder, 0o711)
  for (const inner of ['kms', 'logs']) ensureFolder(join(folder, inner), 0o700)
  const home: Home = {
    folder,
    upFile: join(folder, 'up.json'),
    rolesFile: join(folder, 'roles.json'),
    adminPathFile: join(folder, 'admin-path'),
    signInSecretFile: join(folder, 'nextauth-secret'),
    kmsKeyFile: join(folder, 'kms/keys.json'),
    logs: join(folder, 'logs'),
    certificates: await ensureLocalCertificates(join(folder, 'certificates')),
  }
  ensureSecret(home.signInSecretFile, () => randomBytes(32).toString('base64url'))
  ensureSecret(home.adminPathFile, () => `/${randomBytes(24).toString('base64url')}`)
  return home
}

function ensureFolder(folder: string, mode: number): void {
  mkdirSync(folder, { recursive: true, mode })
  chmodSync(folder, mode)
}

function ensureSecret(file: string, make: () => string): void {
  if (!existsSync(file) || readFileSync(file, 'utf8').trim() === '') writeWhole(file, `${make()}\n`)
  chmodSync(file, 0o600)
}
