import { readFileSync } from 'node:fs'
import { get } from 'node:https'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

import { Refusal } from './steps.ts'

/** Asks the app itself, over TLS with our own authority, until it says it is ready. */
export async function waitUntilReady(url: string, caFile: string, leaving: AbortSignal): Promise<void> {
  const address = new URL('/api/health/ready', url)
  const ca = readFileSync(caFile)
  let last = 'no answer'
  for (let waited = 0; waited < 90_000; waited += 100) {
    last = await answerOf(address, ca)
    if (last === '200') return
    await sleep(100, undefined, { signal: leaving })
  }
  throw new Refusal(`The app did not become ready (${last}).`, 'logs/web.log in the home folder says why.')
}

function answerOf(address: URL, ca: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const request = get(address, { ca, agent: false, timeout: 5000 }, (response) => {
      response.resume()
      resolve(String(response.statusCode))
    })
    request.once('timeout', () => request.destroy())
    request.once('error', (error) => resolve('code' in error ? String(error.code) : error.name))
  })
}

/** Says so before anything is started when somebody else already listens there. */
export async function refuseBusyPort(host: string, port: number): Promise<void> {
  const fault = await new Promise<string | undefined>((resolve) => {
    const probe = createServer()
    probe.once('error', (error) => resolve('code' in error ? String(error.code) : error.name))
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })
  if (fault === undefined) return
  if (fault === 'EADDRINUSE') {
    throw new Refusal(`Port ${port} is taken by another program.`, `Choose another: PORT=${port + 1} npm run up`)
  }
  if (fault === 'EACCES')
    throw new Refusal(`Port ${port} is kept for the administrator.`, 'Choose one above 1023: PORT=8443 npm run up')
  throw new Refusal(`${host}:${port} cannot be listened on (${fault}).`, 'Choose another with HOST and PORT.')
}
