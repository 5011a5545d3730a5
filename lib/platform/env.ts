import 'server-only'

import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'

import { z } from 'zod'

/** Thrown at start only; names the setting, never its value. */
export class SettingError extends Error {
  override readonly name = 'SettingError'
}

const home = (value: string): string => (isAbsolute(value) ? value : resolve(value))

const Settings = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
  ORINODE_HOME: z.string().min(1).default('.orinode').transform(home),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(1).max(65_535).default(8443),
  ORIGINS: z
    .string()
    .optional()
    .transform((list) => list?.split(',').map((origin) => origin.trim()) ?? []),
  TLS_CERT_FILE: z.string().optional(),
  TLS_KEY_FILE: z.string().optional(),
  PLAIN_BEHIND_TLS: z.enum(['1']).optional(),
  TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(8).default(0),
  ADMIN_PATH_FILE: z.string().optional(),
  NEXTAUTH_SECRET_FILE: z.string().optional(),
  DATABASE_HOST_URL: z.url().optional(),
  ROLES_FILE: z.string().optional(),
  DATABASE_POOL_MAX: z.coerce.number().int().min(2).max(200).default(20),
  KMS: z.enum(['local', 'aws']).default('local'),
  KMS_KEY_FILE: z.string().optional(),
  KMS_ENDPOINT: z.url().optional(),
  ALLOW_LOCAL_KMS: z.enum(['1']).optional(),
  RESIDENCY: z.string().default('af-south-1'),
  LOGIN_LIMIT: z.coerce.number().int().min(1).default(5),
  LOGIN_WINDOW_SECONDS: z.coerce.number().int().min(1).default(900),
  SIGN_UP_LIMIT: z.coerce.number().int().min(1).default(3),
  SIGN_UP_WINDOW_SECONDS: z.coerce.number().int().min(1).default(3_600),
  KIT: z.enum(['1']).optional(),
})
export type Settings = z.output<typeof Settings>

let cached: Settings | undefined

/** Every setting this process was given, checked once. The only place in the house that reads the environment. */
export function settings(): Settings {
  if (cached) return cached
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''))
  const parsed = Settings.safeParse(given)
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))]
    throw new SettingError(`These settings are not usable: ${names.join(', ')}`)
  }
  cached = parsed.data
  return cached
}

/** The path a setting names, or its place under ORINODE_HOME when the setting is absent. */
export function settingFile(
  name: 'TLS_CERT_FILE' | 'TLS_KEY_FILE' | 'ADMIN_PATH_FILE' | 'NEXTAUTH_SECRET_FILE' | 'ROLES_FILE' | 'KMS_KEY_FILE',
  underHome: string,
): string {
  return settings()[name] ?? join(settings().ORINODE_HOME, underHome)
}

/** The trimmed content of a secret's file. */
export function secretFrom(file: string, setting: string): string {
  if (!existsSync(file)) throw new SettingError(`${setting} names a file that does not exist`)
  return readFileSync(file, 'utf8').trim()
}
