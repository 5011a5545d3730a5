import 'server-only'

import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { z } from 'zod'

import { type Account, mayEnter } from './account.ts'

const Place = z.object({ base: z.string(), port: z.number().int(), id: z.string() })

/** Where one home's database lives, and how it is reached. */
export interface Place {
  /** Folder owned by the database account; holds `data`. */
  readonly base: string
  readonly data: string
  readonly port: number
  readonly superuserPassword: string
}

const placeFile = (home: string): string => join(home, 'database.json')
const passwordFile = (home: string): string => join(home, 'database-superuser')

/** The recorded place of a home's database, or undefined when it never had one. */
export function recordedPlace(home: string): Place | undefined {
  if (!existsSync(placeFile(home)) || !existsSync(passwordFile(home))) return undefined
  const { base, port } = Place.parse(JSON.parse(readFileSync(placeFile(home), 'utf8')))
  return { base, data: join(base, 'data'), port, superuserPassword: readFileSync(passwordFile(home), 'utf8').trim() }
}

/** Where a home's database goes: inside it, or under /var/lib when the account cannot enter the home. */
export function baseFor(home: string, account: Account): string {
  mkdirSync(home, { recursive: true, mode: 0o711 })
  chmodSync(home, 0o711)
  if (mayEnter(account, home)) return join(home, 'database')
  return join('/var/lib/orinode', createHash('sha256').update(home).digest('hex').slice(0, 16))
}

/** Makes and records the place of a home that never had one. */
export function choosePlace(
  home: string,
  base: string,
  account: Account,
  port: number,
  say: (line: string) => void,
): Place {
  if (!base.startsWith(home)) say(`the database account cannot enter ${home}, so the database lives in ${base}`)
  mkdirSync(dirname(base), { recursive: true, mode: 0o711 })
  mkdirSync(base, { recursive: true, mode: 0o700 })
  setAside(base, say)
  own(base, account)
  writeFileSync(passwordFile(home), randomBytes(24).toString('base64url'), { mode: 0o600 })
  recordPort(home, base, port)
  const place = recordedPlace(home)
  if (!place) throw new Error('the place was just recorded')
  return place
}

/** Remembers the port, so that a second start answers where the first did. */
export function recordPort(home: string, base: string, port: number): void {
  const next = `${placeFile(home)}.next`
  writeFileSync(next, JSON.stringify({ base, port, id: randomBytes(8).toString('hex') }), { mode: 0o600 })
  renameSync(next, placeFile(home))
}

export function own(path: string, account: Account): void {
  if (account.ids) chownSync(path, account.ids.uid, account.ids.gid)
}

/** Data whose home was deleted has lost its passwords and keys; it is kept once, out of the way. */
function setAside(base: string, say: (line: string) => void): void {
  const data = join(base, 'data')
  if (!existsSync(data)) return
  const aside = join(base, 'data.before')
  rmSync(aside, { recursive: true, force: true })
  renameSync(data, aside)
  say(`a database of an earlier, deleted home was moved to ${aside}`)
}
