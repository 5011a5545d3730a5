/** "Who may import whom". The numbers are the rules of the house; lib/processes/README.md says how they run. */

// A rule may be broken by a test beside the file it tests, never by the file.
const tests = String.raw`\.test\.tsx?$|\.test-support\.tsx?$`
const room = (...names) => `^lib/(?:${names.join('|')})/`

/** Room → the rooms of lib it may import besides itself. */
const below = {
  kernel: [],
  platform: ['kernel'],
  vault: ['kernel', 'platform'],
  ledger: ['kernel', 'platform'],
  guard: ['kernel', 'platform', 'vault', 'ledger'],
  features: ['kernel', 'platform', 'vault', 'ledger', 'guard'],
  // Of the front only its proof that a request came by the admin path.
  transport: ['kernel', 'platform', 'vault', 'ledger', 'guard', 'features', String.raw`front/admin-path\.ts$`],
  front: ['kernel', 'platform'],
  browser: ['kernel', String.raw`features/[^/]+/shapes\.ts$`],
}

/** Feature → the features whose use cases it may call; anything else goes through an outbox event. */
const featurePairs = {
  calls: ['providers'],
  knowledge: ['voice-agents'],
  'phone-numbers': ['voice-agents'],
  team: ['identity'],
  organisations: ['identity', 'team'],
}

const layers = Object.entries(below).map(([name, lower]) => ({
  name: `1-${name}-looks-down-only`,
  comment: `lib/${name} imports ${lower.join(', ') || 'no other room'}; the arrows of the house point one way`,
  severity: 'error',
  from: { path: room(name), pathNot: tests },
  to: {
    path: '^(?:app|components|drizzle/seed|e2e|bench|lib)/|^middleware',
    pathNot: [room(name), ...lower.map((other) => (other.includes('/') ? `^lib/${other}` : room(other)))],
  },
}))

// Shapes are words, safe to read from anywhere.
const shapes = String.raw`^lib/features/[^/]+/shapes\.ts$`

const pairs = [
  ...Object.entries(featurePairs).map(([name, others]) => ({
    name: `2-feature-pair-${name}`,
    comment: `${name} may call ${others.join(', ')}; use an outbox event, or list the pair`,
    severity: 'error',
    from: { path: `^lib/features/${name}/`, pathNot: tests },
    to: { path: '^lib/features/', pathNot: [`^lib/features/(?:${[name, ...others].join('|')})/`, shapes] },
  })),
  {
    name: '2-feature-pair',
    comment: 'features talk through outbox events unless the pair is listed here',
    severity: 'error',
    from: {
      path: '^lib/features/([^/]+)/',
      pathNot: [tests, `^lib/features/(?:${Object.keys(featurePairs).join('|')})/`],
    },
    to: { path: '^lib/features/', pathNot: ['^lib/features/$1/', shapes] },
  },
]

module.exports = {
  forbidden: [
    ...layers,
    {
      name: '1-no-cycles',
      comment: 'two files that import each other are one file or three',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: '1-doors-stay-outside',
      comment: 'app/ reaches data through transport and features only',
      severity: 'error',
      from: { path: '^app/', pathNot: tests },
      to: { path: `${room('guard', 'platform', 'vault', 'ledger')}|^drizzle/` },
    },
    {
      name: '1-components-know-words-and-shapes',
      comment: 'components import kernel, browser and shapes.ts only',
      severity: 'error',
      from: { path: '^components/', pathNot: tests },
      to: {
        path: '^(?:app|drizzle|lib)/|^middleware',
        pathNot: [room('kernel', 'browser'), String.raw`^lib/features/[^/]+/shapes\.ts$`],
      },
    },
    {
      name: '1-schema-is-plain',
      comment: 'tables know no rule: kernel only',
      severity: 'error',
      from: { path: '^drizzle/schema/', pathNot: tests },
      to: { path: '^(?:app|components|lib|drizzle/seed)/', pathNot: room('kernel') },
    },
    {
      name: '1-middleware-decides-nothing',
      comment: 'middleware.ts imports its nonce, policy and admin-path files of lib/front only',
      severity: 'error',
      from: { path: String.raw`^middleware\.ts$` },
      to: { path: '^(?:app|components|drizzle|lib)/', pathNot: room('front') },
    },
    {
      name: '1-testing-stays-in-tests',
      comment: 'what ships never imports lib/testing',
      severity: 'error',
      from: {
        path: '^(?:app|components|lib|drizzle|middleware)',
        pathNot: [tests, '^lib/testing/', '^drizzle/seed/', String.raw`^lib/processes/(?:replay|test|reset|seed)\.ts$`],
      },
      to: { path: '^lib/testing/' },
    },
    {
      name: '1-vitest-stays-in-tests',
      comment: 'the test runner is imported by tests and lib/testing only',
      severity: 'error',
      from: { pathNot: [tests, '^lib/testing/'] },
      to: { path: 'node_modules/(?:vitest|@vitest)/' },
    },
    {
      name: '2-feature-front-door',
      comment: 'a feature is entered by index.ts or shapes.ts',
      severity: 'error',
      from: { path: '^(?!lib/features/)' },
      to: { path: '^lib/features/[^/]+/', pathNot: String.raw`^lib/features/[^/]+/(?:index|shapes)\.ts$` },
    },
    {
      name: '2-feature-front-door-between-features',
      comment: 'a feature is entered by index.ts or shapes.ts, by its neighbours too',
      severity: 'error',
      from: { path: '^lib/features/([^/]+)/' },
      to: {
        path: '^lib/features/',
        pathNot: ['^lib/features/$1/', String.raw`^lib/features/[^/]+/(?:index|shapes)\.ts$`],
      },
    },
    ...pairs,
    {
      name: '4-only-doors-mint-actors',
      comment: 'nobody types an Actor by hand: transport and testing make them',
      severity: 'error',
      from: { pathNot: [tests, room('transport', 'testing')] },
      to: { path: String.raw`^lib/guard/actors\.ts$` },
    },
    {
      name: '5-hot-doors-are-mounted-once',
      comment: 'only processes/web mounts the hot doors',
      severity: 'error',
      from: {
        pathNot: [tests, String.raw`^lib/processes/web(?:\.ts$|/)`, String.raw`^lib/testing/hook-delivery\.ts$`],
      },
      to: { path: String.raw`^app/api/(?:(?:v1|hooks)/.*|app/.*/recording/)route\.ts$` },
    },
    {
      name: '5-one-database-driver',
      comment: 'only platform/db (and the maker of test databases) imports the driver',
      severity: 'error',
      from: {
        path: '^(?:app|components|lib|drizzle|middleware)',
        pathNot: String.raw`^lib/platform/db/|^lib/testing/(?:database|database-dump|plant)\.ts$`,
      },
      to: { path: String.raw`node_modules/(?:postgres|pg|drizzle-orm/postgres-js|drizzle-orm/node-postgres)/` },
    },
    {
      name: '5-one-job-queue',
      comment: 'only platform/jobs imports pg-boss, and nobody the driver that comes with it',
      severity: 'error',
      from: { path: '^(?:app|components|lib|drizzle|middleware)', pathNot: '^lib/platform/jobs/' },
      to: { path: 'node_modules/(?:pg-boss|pg)/' },
    },
    {
      name: '5-work-is-asked-for-through-the-gate',
      comment: 'a feature names its jobs in recorded(); the gate asks for them in the same transaction',
      severity: 'error',
      from: { path: '^lib/features/', pathNot: tests },
      to: { path: '^lib/platform/jobs/' },
    },
    {
      name: '5-one-cloud-door',
      comment: 'only platform/kms and platform/storage import the cloud SDK',
      severity: 'error',
      from: { path: '^(?:app|components|lib|drizzle|middleware)', pathNot: '^lib/platform/(?:kms|storage)/' },
      to: { path: 'node_modules/@(?:aws-sdk|smithy)/' },
    },
    {
      name: '6-the-relay-cannot-decrypt',
      comment: 'processes/media reaches neither database, vault nor kms by any path',
      severity: 'error',
      from: { path: String.raw`^lib/processes/media(?:\.ts$|/)` },
      to: { path: '^lib/(?:platform/(?:db|kms)|vault)/', reachable: true },
    },
    {
      name: '7-the-verifier-stands-alone',
      comment: 'an auditor runs ledger/verify.ts by itself: node:crypto and nothing else',
      severity: 'error',
      from: { path: String.raw`^lib/ledger/verify\.ts$` },
      to: { pathNot: '^(?:node:)?crypto$' },
    },
    {
      name: '8-the-browser-reaches-no-server',
      comment: 'components and lib/browser reach no server room by any path',
      severity: 'error',
      from: { path: '^(?:components|lib/browser)/', pathNot: tests },
      to: { path: room('platform', 'vault', 'guard', 'transport'), reachable: true },
    },
    {
      name: 'every-import-is-found',
      comment: 'an import that resolves to nothing would slip past every other rule',
      severity: 'error',
      from: { pathNot: tests },
      to: { couldNotResolve: true },
    },
  ],
  required: [
    {
      name: '5-a-route-is-made-by-route',
      comment: 'a route file that does not use lib/transport/route.ts has no gate',
      severity: 'error',
      module: { path: String.raw`^app/api/.*/route\.tsx?$`, pathNot: '^app/api/(?:auth|health)/' },
      to: { path: String.raw`^lib/transport/(?:route|stream|upload|download)\.ts$` },
    },
    {
      name: '8-server-only-on-the-edge',
      comment: "what app/ may import of the server starts with import 'server-only'",
      severity: 'error',
      module: { path: String.raw`^lib/transport/[^/]+\.ts$|^lib/features/[^/]+/index\.ts$`, pathNot: tests },
      to: { path: 'node_modules/server-only/' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: String.raw`^\.next/|^next-env\.d\.ts$` },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['react-server', 'node', 'import', 'require', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
}
