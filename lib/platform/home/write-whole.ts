import 'server-only'

import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'

/** Writes a file of ours (0600) so that a reader, or a kill, sees the old text or the new and nothing between. */
export function writeWhole(file: string, text: string): void {
  const next = `${file}.${process.pid}.next`
  const handle = openSync(next, 'w', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(next, file)
}
