import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

const root = resolve(import.meta.dirname, '../..')
let folder: string
let found: string[]
const Report = z.object({
  summary: z.object({ violations: z.array(z.object({ rule: z.object({ name: z.string() }), from: z.string() })) }),
})

const index = "import 'server-only'\nexport const a = 1\n"
/** A little house in which every rule is broken once. */
const house: Record<string, string> = {
  'lib/kernel/word.ts': "import '../platform/clock.ts'\n",
  'lib/kernel/a.ts': "import './b.ts'\n",
  'lib/kernel/b.ts': "import './a.ts'\n",
  'lib/kernel/lost.ts': "import './nowhere.ts'\n",
  'lib/platform/clock.ts': "import 'vitest'\nexport const now = 1\n",
  'lib/platform/clock.test.ts': "import 'vitest'\n",
  'lib/platform/db/pool.ts': "import 'postgres'\nimport 'pg'\n",
  'lib/platform/jobs/start.ts': "import 'pg-boss'\n",
  'lib/vault/seal.ts': "import '../ledger/verify.ts'\n",
  'lib/ledger/verify.ts': "import 'node:crypto'\nimport 'node:fs'\n",
  'lib/guard/actors.ts': "import 'postgres'\n",
  'lib/features/calls/index.ts': index,
  'lib/features/calls/store.ts': "import '../../guard/actors.ts'\n",
  'lib/features/team/index.ts': "import 'server-only'\nimport '../calls/index.ts'\nimport '../calls/store.ts'\n",
  'lib/features/billing/index.ts': "import 'pg-boss'\nimport '../../platform/jobs/start.ts'\n",
  'lib/transport/route.ts': "import 'server-only'\nimport '../guard/actors.ts'\nimport '../features/calls/store.ts'\n",
  'lib/browser/live.ts': "import '../kernel/bridge.ts'\n",
  'lib/kernel/bridge.ts': "import '../platform/db/pool.ts'\n",
  'lib/processes/media.ts': "import '../kernel/bridge.ts'\n",
  'lib/processes/worker.ts':
    "import '../../app/api/v1/calls/route.ts'\nimport '../testing/actors.ts'\nimport '@aws-sdk/client-kms'\n",
  'lib/testing/actors.ts': "import 'vitest'\nimport '../guard/actors.ts'\n",
  'components/button.tsx': "import '../lib/features/calls/index.ts'\n",
  'app/page.tsx': "import '../lib/vault/seal.ts'\n",
  'app/api/v1/calls/route.ts': "import '../../../../lib/transport/route.ts'\n",
  'app/api/app/bare/route.ts': 'export const GET = 1\n',
  'drizzle/schema/call.ts': "import '../../lib/platform/clock.ts'\n",
  'middleware.ts': "import './lib/vault/seal.ts'\n",
  'tsconfig.json': '{ "compilerOptions": { "allowImportingTsExtensions": true, "noEmit": true } }\n',
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'boundaries-'))
  for (const [path, text] of Object.entries(house)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  cpSync(join(root, '.dependency-cruiser.cjs'), join(folder, '.dependency-cruiser.cjs'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const ran = spawnSync(
    process.execPath,
    [
      cruiser,
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'json',
      'app',
      'components',
      'lib',
      'drizzle',
      'middleware.ts',
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 64_000_000 },
  )
  found = Report.parse(JSON.parse(ran.stdout)).summary.violations.map(({ rule, from }) => `${rule.name} ${from}`)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each([
  ['1-kernel-looks-down-only', 'lib/kernel/word.ts'],
  ['1-vault-looks-down-only', 'lib/vault/seal.ts'],
  ['1-no-cycles', 'lib/kernel/a.ts'],
  ['1-doors-stay-outside', 'app/page.tsx'],
  ['1-components-know-words-and-shapes', 'components/button.tsx'],
  ['1-schema-is-plain', 'drizzle/schema/call.ts'],
  ['1-middleware-decides-nothing', 'middleware.ts'],
  ['1-testing-stays-in-tests', 'lib/processes/worker.ts'],
  ['1-vitest-stays-in-tests', 'lib/platform/clock.ts'],
  ['2-feature-front-door', 'lib/transport/route.ts'],
  ['2-feature-front-door-between-features', 'lib/features/team/index.ts'],
  ['2-feature-pair-team', 'lib/features/team/index.ts'],
  ['4-only-doors-mint-actors', 'lib/features/calls/store.ts'],
  ['5-hot-doors-are-mounted-once', 'lib/processes/worker.ts'],
  ['5-one-database-driver', 'lib/guard/actors.ts'],
  ['5-one-job-queue', 'lib/platform/db/pool.ts'],
  ['5-one-job-queue', 'lib/features/billing/index.ts'],
  ['5-work-is-asked-for-through-the-gate', 'lib/features/billing/index.ts'],
  ['5-one-cloud-door', 'lib/processes/worker.ts'],
  ['5-a-route-is-made-by-route', 'app/api/app/bare/route.ts'],
  ['6-the-relay-cannot-decrypt', 'lib/processes/media.ts'],
  ['7-the-verifier-stands-alone', 'lib/ledger/verify.ts'],
  ['8-the-browser-reaches-no-server', 'lib/browser/live.ts'],
  ['8-server-only-on-the-edge', 'lib/features/billing/index.ts'],
  ['every-import-is-found', 'lib/kernel/lost.ts'],
])('%s stops %s', (rule, file) => {
  expect(found).toContain(`${rule} ${file}`)
})

test.each([
  ['5-one-database-driver', 'lib/platform/db/pool.ts'],
  ['5-one-job-queue', 'lib/platform/jobs/start.ts'],
  ['1-vitest-stays-in-tests', 'lib/platform/clock.test.ts'],
  ['1-vitest-stays-in-tests', 'lib/testing/actors.ts'],
  ['4-only-doors-mint-actors', 'lib/transport/route.ts'],
  ['4-only-doors-mint-actors', 'lib/testing/actors.ts'],
  ['5-a-route-is-made-by-route', 'app/api/v1/calls/route.ts'],
  ['8-server-only-on-the-edge', 'lib/features/calls/index.ts'],
])('%s lets %s pass', (rule, file) => {
  expect(found).not.toContain(`${rule} ${file}`)
})
