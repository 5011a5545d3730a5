import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { z } from 'zod'

import { app, homeFile, root } from './running-app.ts'

const Member = z.object({ email: z.string(), password: z.string(), memberId: z.string(), personId: z.string() })
const Key = z.object({ key: z.string(), id: z.string() })
const Hook = z.object({ path: z.string(), secret: z.string(), id: z.string() })
const Made = z.object({
  id: z.string(),
  slug: z.string(),
  masking: z.boolean(),
  owner: Member,
  admin: Member,
  agent: Member,
  key: z.string(),
  keyId: z.string(),
  testKey: Key,
  spareKey: Key,
  numbersKey: Key,
  provider: Hook,
  twilio: Hook,
  africasTalking: Hook,
  /** Published once. */
  voiceAgent: z.string(),
  /** Of its knowledge base: `We open at eight.` */
  document: z.string(),
})
export type Organisation = z.output<typeof Made>
export type Member = z.output<typeof Member>

const execute = promisify(execFile)

/** An organisation of a test's own, made through the gate: members who can sign in, keys, and a provider's address. */
export async function ownOrganisation({
  masking = true,
  country = 'NG',
  guests = [] as string[],
} = {}): Promise<Organisation> {
  return Made.parse(await insideTheApp(import.meta.resolve('./make-organisation.ts'), { masking, country, guests }))
}

const Opened = z.array(z.object({ place: z.string(), text: z.string() }))

/** Everything an organisation has sealed, opened with its own keys. */
export async function unsealedTexts(organisation: string): Promise<z.output<typeof Opened>> {
  return Opened.parse(await insideTheApp(import.meta.resolve('./open-sealed.ts'), { organisation }))
}

/** Runs a script with what `up` gives a process, and reads the JSON it prints. */
async function insideTheApp(script: string, wanted: object): Promise<unknown> {
  const host = new URL(app.databaseUrl)
  host.username = ''
  host.password = ''
  const { stdout } = await execute(
    process.execPath,
    [
      '--conditions=react-server',
      '--disable-warning=ExperimentalWarning',
      fileURLToPath(script),
      JSON.stringify(wanted),
    ],
    {
      cwd: root,
      maxBuffer: 256 * 1024 * 1024,
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        ORINODE_HOME: app.home,
        DATABASE_HOST_URL: host.href,
        ROLES_FILE: homeFile('roles.json'),
        KMS: 'local',
        KMS_KEY_FILE: homeFile('kms', 'keys.json'),
        ALLOW_LOCAL_KMS: '1',
      },
    },
  )
  return JSON.parse(stdout)
}
