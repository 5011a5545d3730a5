import { get } from 'node:https'

import { app } from './running-app.ts'

export interface OpenStream {
  status: number
  /** Everything that came so far, head included. */
  heard: () => string
  hasEnded: () => boolean
  close: () => void
}

/** An event stream as a browser opens it, kept open. */
export function openStream(path: string, cookie: string): Promise<OpenStream> {
  return new Promise((done, failed) => {
    const asking = get(
      {
        host: '127.0.0.1',
        port: app.port,
        servername: app.hostname,
        ca: app.ca,
        agent: false,
        path,
        headers: { Host: app.host, Cookie: cookie, Accept: 'text/event-stream' },
      },
      (answer) => {
        let heard = answer.rawHeaders.join('\n')
        let hasEnded = false
        answer.setEncoding('utf8')
        answer.on('data', (piece: string) => (heard += piece))
        answer.on('close', () => (hasEnded = true))
        answer.on('error', () => (hasEnded = true))
        done({
          status: answer.statusCode ?? 0,
          heard: () => heard,
          hasEnded: () => hasEnded,
          close: () => asking.destroy(),
        })
      },
    )
    asking.on('error', failed)
  })
}
