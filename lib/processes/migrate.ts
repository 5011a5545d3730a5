import { commandSettings } from '../platform/env-commands.ts'
import { settingFile, SettingError } from '../platform/env.ts'
import { MigrationMismatch, migrate } from '../platform/db/migrate.ts'

/** `DATABASE_URL=… npm run db:migrate`: a database of one's own, brought to the current form. */
try {
  const { DATABASE_URL } = commandSettings()
  if (!DATABASE_URL)
    throw new SettingError(
      'DATABASE_URL: name the database to migrate, as a login of it. The embedded one is migrated by npm run up.',
    )
  const ran = await migrate({ url: DATABASE_URL, rolesFile: settingFile('ROLES_FILE', 'roles.json') })
  console.log(ran.length === 0 ? 'Nothing to do: the database is current.' : `Ran ${ran.join(', ')}.`)
} catch (error) {
  if (!(error instanceof SettingError || error instanceof MigrationMismatch)) throw error
  console.error(error.message)
  process.exitCode = 1
}
