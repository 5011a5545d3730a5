import 'server-only'

import { z } from 'zod'

import { SettingError } from './env.ts'

const Commands = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
})

/** What only commands that a person types may know: no long-lived process is given any of it. */
export function commandSettings(): z.output<typeof Commands> {
  const parsed = Commands.safeParse(filled(Object.keys(Commands.shape)))
  if (!parsed.success) throw new SettingError('DATABASE_URL: postgres://user:password@host:port/database is needed')
  return parsed.data
}

const system = [
  'PATH',
  'HOME',
  'TMPDIR',
  'LANG',
  'LC_ALL',
  'TZ',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
] as const

/** What any program needs of its surroundings, and nothing that could be a secret. */
export const systemEnvironment = (): Record<string, string> => filled(system)

const tunable = [
  'TRUSTED_PROXY_HOPS',
  'DATABASE_POOL_MAX',
  'RESIDENCY',
  'LOGIN_LIMIT',
  'SIGN_UP_LIMIT',
  'SIGN_UP_WINDOW_SECONDS',
  'LOGIN_WINDOW_SECONDS',
  'KIT',
] as const
const cloudKeys = [
  'KMS',
  'KMS_ENDPOINT',
  'AWS_REGION',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
] as const

/** Settings a person may give to `up` that it passes on to the processes as they are. */
export function passedOn(): Record<string, string> {
  const keys = filled(['KMS'])['KMS'] === 'aws' ? filled(cloudKeys) : {}
  return { ...filled(tunable), ...keys }
}

/** The whole surroundings, for tools that a developer runs: compilers, test runners. */
export const wholeEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env })

function filled(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name]
      return value === undefined || value === '' ? [] : [[name, value]]
    }),
  )
}
