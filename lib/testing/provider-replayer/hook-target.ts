import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { join, resolve } from 'node:path'

import { z } from 'zod'

const Running = z.looseObject({
  url: z.url({ protocol: /^https$/ }),
  caFile: z.string().min(1),
  hooks: z.array(
    z.looseObject({
      organisation: z.string(),
      provider: z.string(),
      url: z.url({ protocol: /^https$/ }),
      /** Empty where nothing signs. */
      secret: z.string(),
    }),
  ),
})

export interface HookTarget {
  organisation: string
  url: URL
  secret: string
  agent: Agent
}

export interface HookAnswer {
  status: number
  ms: number
}

const LOOPBACK = /^(localhost|[a-z0-9-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/
const PATIENCE_MS = 15_000

/** The hook a running installation on this machine wrote down, or an Error in words for the person at the keyboard. */
export function findHook(home: string, provider: string, organisation?: string): HookTarget {
  const running = Running.safeParse(readRunning(join(resolve(home), 'up.json')))
  if (!running.success)
    throw new Error('The list of hooks in up.json is not as expected. Start the app again with: npm run up')
  const hook = running.data.hooks.find(
    (one) => one.provider === provider && (organisation === undefined || one.organisation === organisation),
  )
  if (!hook) throw new Error(`There is no ${provider} hook${organisation === undefined ? '' : ` for ${organisation}`}.`)
  const url = new URL(hook.url)
  if (!LOOPBACK.test(url.hostname)) throw new Error('Replayed calls are made up, so they only go to this machine.')
  const ca = readFileSync(resolve(home, running.data.caFile))
  return {
    organisation: hook.organisation,
    url,
    secret: hook.secret,
    agent: new Agent({ ca, keepAlive: true, minVersion: 'TLSv1.3' }),
  }
}

function readRunning(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new Error('Nothing is running here. Start the app first with: npm run up')
  }
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Post one body as a provider would. Rejects when the connection fails, never on a status. */
export function postHook(target: HookTarget, body: string, headers: Record<string, string>): Promise<HookAnswer> {
  const startedAt = performance.now()
  return new Promise((done, failed) => {
    const outgoing = request(
      target.url,
      {
        method: 'POST',
        agent: target.agent,
        timeout: PATIENCE_MS,
        headers: { 'content-length': String(Buffer.byteLength(body)), ...headers },
      },
      (incoming) => {
        incoming.resume()
        incoming.on('error', failed)
        incoming.on('end', () => done({ status: incoming.statusCode ?? 0, ms: performance.now() - startedAt }))
      },
    )
    outgoing.on('timeout', () => outgoing.destroy(new Error('The hook did not answer in time.')))
    outgoing.on('error', failed)
    outgoing.end(body)
  })
}
