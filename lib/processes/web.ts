import 'server-only'

import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'

import next from 'next'

import { type Front, startFront } from '../front/front-server.ts'
import { routeTable } from '../front/route-table.ts'
import { secretFrom, settingFile, settings } from '../platform/env.ts'
import { log } from '../platform/log.ts'
import { closePools } from '../platform/db/pool.ts'
import { ourOrigins } from '../platform/origins.ts'
import { endStreams, startHearing, startProcess } from '../transport/system.ts'
import { bodyLimits, hotDoors } from './web/hot-doors.ts'
import { openRoutes } from './web/open-routes.ts'

const root = resolve(import.meta.dirname, '../..')

/** The certificate and its key. This process trusts its home's authority, since Next calls back after an action that redirects. */
function certificate(): { cert: string; key: string } {
  const authority = join(settings().ORINODE_HOME, 'certificates/ca.pem')
  if (existsSync(authority))
    setDefaultCACertificates([...getCACertificates('default'), readFileSync(authority, 'utf8')])
  return {
    cert: readFileSync(settingFile('TLS_CERT_FILE', 'certificates/server.pem'), 'utf8'),
    key: readFileSync(settingFile('TLS_KEY_FILE', 'certificates/server-key.pem'), 'utf8'),
  }
}

async function start(): Promise<Front> {
  const { HOST, PORT, PLAIN_BEHIND_TLS, TRUSTED_PROXY_HOPS } = settings()
  const isPlain = PLAIN_BEHIND_TLS === '1'
  const [firstOrigin = ''] = ourOrigins()
  const adminPath = secretFrom(settingFile('ADMIN_PATH_FILE', 'admin-path'), 'ADMIN_PATH_FILE')
  const app = next({
    dev: false,
    dir: root,
    // Where Next finds this very server: by the certificate's name, or beside it when there is no certificate.
    hostname: isPlain ? HOST : new URL(firstOrigin).hostname,
    port: PORT,
    // Given a server of its own to listen on, Next leaves the upgrades of ours alone.
    httpServer: createServer(),
  })
  await app.prepare()
  const serve = app.getRequestHandler()
  return startFront({
    ...(isPlain ? { plain: true } : { tls: certificate() }),
    host: HOST,
    port: PORT,
    origins: ourOrigins(),
    adminPath,
    trustedHops: TRUSTED_PROXY_HOPS,
    routes: routeTable(openRoutes(root, settings().KIT === '1'), adminPath),
    hotMounts: hotDoors,
    bodyLimits,
    nextHandler: (request, response) => serve(request, response),
    log: ({ requestId, ...facts }) => log.info('request', { request_id: requestId, ...facts }),
  })
}

await startProcess('orinode_web', 'web')
const stopHearing = await startHearing('orinode_web')
const front = await start()
log.info('web is listening', { port: front.port })

async function leave(): Promise<void> {
  endStreams()
  await front.close()
  await stopHearing()
  await closePools()
  process.exit(0)
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    leave().catch(() => process.exit(1))
  })
}
