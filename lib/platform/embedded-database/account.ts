import 'server-only'

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

import { EmbeddedDatabaseError } from './failure.ts'

/** The operating-system account PostgreSQL runs as; undefined ids mean "whoever runs us". */
export interface Account {
  readonly name: string | undefined
  readonly ids: { uid: number; gid: number } | undefined
  readonly isNew: boolean
}

const wanted = 'orinode'

/**
 * PostgreSQL refuses to run as root, so for root an account of its own is found or made.
 * Everyone else runs it as themselves.
 */
export function databaseAccount(): Account {
  if (process.getuid?.() !== 0) return { name: undefined, ids: undefined, isNew: false }
  const known = lookUp(wanted)
  if (known) return { name: wanted, ids: known, isNew: false }
  if (makeAccount()) {
    const made = lookUp(wanted)
    if (made) return { name: wanted, ids: made, isNew: true }
  }
  // Where accounts cannot be made (read-only /etc), one that is already there has to do.
  for (const name of ['postgres', 'nobody']) {
    const ids = lookUp(name)
    if (ids) return { name, ids, isNew: false }
  }
  throw new EmbeddedDatabaseError(
    'PostgreSQL refuses to run as root and no other account could be found or made.',
    'Run the command as an ordinary user, or make an account: useradd --system orinode',
  )
}

function makeAccount(): boolean {
  const ways: [string, string[]][] = [
    [
      'useradd',
      [
        '--system',
        '--user-group',
        '--no-create-home',
        '--home-dir',
        '/nonexistent',
        '--shell',
        '/usr/sbin/nologin',
        wanted,
      ],
    ],
    ['adduser', ['-S', '-D', '-H', '-h', '/nonexistent', '-s', '/sbin/nologin', wanted]],
  ]
  return ways.some(([program, args]) => spawnSync(program, args, { stdio: 'ignore' }).status === 0)
}

function lookUp(name: string): { uid: number; gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  if (uid === undefined || gid === undefined || Number(uid) === 0) return undefined
  return { uid: Number(uid), gid: Number(gid) }
}

/** Whether the account can enter this folder: asked of the kernel, so that ACLs and odd mounts count too. */
export function mayEnter(account: Account, folder: string): boolean {
  if (!account.ids) return true
  return (
    spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account.ids, cwd: '/', stdio: 'ignore' }).status === 0
  )
}
