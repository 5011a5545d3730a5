import { ensureTestDatabase } from './database.ts'

const database = await ensureTestDatabase()

// What `up` gives a process; lib/platform/env.ts reads it when the test first asks.
Object.assign(process.env, {
  ORINODE_HOME: database.home,
  DATABASE_HOST_URL: database.hostUrl,
  ROLES_FILE: database.rolesFile,
  KMS: 'local',
  KMS_KEY_FILE: `${database.home}/kms/keys.json`,
  ALLOW_LOCAL_KMS: '1',
})
