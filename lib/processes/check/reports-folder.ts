import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { endTools } from './tool.ts'

/** A folder for the tools' reports. Told to stop, the tools end and it goes too; `remove` is for a good end. */
export function reportsFolder(): { reports: string; remove: () => void } {
  const reports = mkdtempSync(join(tmpdir(), 'orinode-reports-'))
  const remove = (): void => rmSync(reports, { recursive: true, force: true })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      const leave = (): never => {
        remove()
        return process.exit(130)
      }
      endTools().then(leave, leave)
    })
  }
  return { reports, remove }
}
