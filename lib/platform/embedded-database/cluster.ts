import 'server-only'

import { spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Account } from './account.ts'
import { EmbeddedDatabaseError } from './failure.ts'
import { own, type Place } from './place.ts'

export const superuser = 'postgres'
export const databaseName = 'orinode'

/** The environment of every PostgreSQL program: nothing of ours leaks into it. */
export const bareEnvironment: NodeJS.ProcessEnv = {
  NODE_ENV: 'production',
  PATH: '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
}

/** Makes the cluster beside its place and moves it there whole, so that a kill half-way leaves nothing to trip over. */
export function ensureCluster(bin: string, place: Place, account: Account): boolean {
  if (existsSync(join(place.data, 'PG_VERSION'))) return false
  const fresh = `${place.data}.new`
  const passwordOnce = join(place.base, 'password-once')
  rmSync(fresh, { recursive: true, force: true })
  rmSync(passwordOnce, { force: true })
  try {
    writeFileSync(passwordOnce, place.superuserPassword, { mode: 0o600 })
    own(passwordOnce, account)
    run(bin, 'initdb', account, [
      '-D',
      fresh,
      '-U',
      superuser,
      `--pwfile=${passwordOnce}`,
      '--encoding=UTF8',
      '--locale=C',
      '--auth=scram-sha-256',
      '--no-instructions',
    ])
    run(bin, 'postgres', account, ['--single', '-D', fresh, '-j', 'template1'], `create database ${databaseName};\n\n`)
  } finally {
    rmSync(passwordOnce, { force: true })
  }
  appendFileSync(join(fresh, 'postgresql.conf'), "\ninclude = 'orinode.conf'\n")
  renameSync(fresh, place.data)
  return true
}

function run(bin: string, program: string, account: Account, args: string[], input = ''): void {
  const ran = spawnSync(join(bin, program), args, {
    ...account.ids,
    cwd: '/',
    env: bareEnvironment,
    encoding: 'utf8',
    input,
  })
  // Single-user mode reports a failed statement on stderr and still ends with 0.
  if (ran.status === 0 && !/^(?:\S+ ){0,4}(ERROR|FATAL|PANIC):/m.test(ran.stderr)) return
  const lastLine = ran.stderr.trim().split('\n').at(-1) ?? ran.error?.message ?? 'no reason given'
  throw new EmbeddedDatabaseError(
    `${program} could not make the database: ${lastLine}`,
    'See that the disk has room and that the home folder may be written.',
  )
}

/** Written at every start, so that a change here reaches old homes. Nothing a caller said may reach the log. */
export function writeSettings(place: Place, port: number, isDurable: boolean, account: Account): void {
  const lines = [
    "listen_addresses = '127.0.0.1'",
    `port = ${port}`,
    "unix_socket_directories = ''",
    'max_connections = 200',
    "password_encryption = 'scram-sha-256'",
    "shared_preload_libraries = ''",
    'jit = off',
    // A table's first rows are measured within seconds: until then the planner guesses.
    "autovacuum_naptime = '5s'",
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    'logging_collector = off',
    "log_destination = 'stderr'",
    "log_error_verbosity = 'terse'",
    "log_statement = 'none'",
    'log_parameter_max_length = 0',
    'log_parameter_max_length_on_error = 0',
    // An error's own words can quote a value, and the statement can hold one: the caller gets both, the file neither.
    "log_min_messages = 'log'",
    "log_min_error_statement = 'panic'",
    ...(isDurable ? [] : ['fsync = off', 'synchronous_commit = off', 'full_page_writes = off']),
  ]
  replace(join(place.data, 'orinode.conf'), lines.join('\n'), account)
  replace(join(place.data, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256', account)
  // Settings made by hand with ALTER SYSTEM would win over ours.
  replace(join(place.data, 'postgresql.auto.conf'), '', account)
}

function replace(file: string, text: string, account: Account): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === `${text}\n`) return
  writeFileSync(file, `${text}\n`)
  chmodSync(file, 0o600)
  own(file, account)
}
