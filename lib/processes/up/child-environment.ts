import { passedOn, systemEnvironment } from '../../platform/env-commands.ts'
import { settings } from '../../platform/env.ts'
import type { Home } from '../../platform/home/home.ts'

/** Settings of a process that reads and writes calls: its own database role, never the superuser's. */
export function workEnvironment(home: Home, databaseHostUrl: string): Record<string, string> {
  return {
    ...systemEnvironment(),
    NODE_ENV: 'production',
    ORINODE_HOME: home.folder,
    DATABASE_HOST_URL: databaseHostUrl,
    ROLES_FILE: home.rolesFile,
    KMS: 'local',
    KMS_KEY_FILE: home.kmsKeyFile,
    ALLOW_LOCAL_KMS: '1',
    ...passedOn(),
  }
}

/** The same and what only the front server needs. */
export function webEnvironment(home: Home, databaseHostUrl: string): Record<string, string> {
  return {
    ...workEnvironment(home, databaseHostUrl),
    PORT: String(settings().PORT),
    HOST: settings().HOST,
    ORIGINS: origins().join(','),
    TLS_CERT_FILE: home.certificates.certFile,
    TLS_KEY_FILE: home.certificates.keyFile,
    ADMIN_PATH_FILE: home.adminPathFile,
    NEXTAUTH_SECRET_FILE: home.signInSecretFile,
    NEXT_TELEMETRY_DISABLED: '1',
  }
}

/** The first is the one shown to people. */
export function origins(): string[] {
  const { ORIGINS, PORT } = settings()
  return ORIGINS.length > 0 ? ORIGINS : ['localhost', '127.0.0.1', '[::1]'].map((name) => `https://${name}:${PORT}`)
}
