import { asId } from '../../kernel/ids.ts'
import { lookUp } from '../../platform/db/transaction.ts'
import { log } from '../../platform/log.ts'
import type { ObjectName } from '../../platform/storage/port.ts'
import { processStorage } from '../../platform/storage/process-storage.ts'

/** An object is in its place a moment before its row is committed; an upload that pauses this long is no more. */
const youngMs = 3_600_000
const atOnce = 500

/**
 * Removes what no row leads to: uploads that were cut off, objects whose recording was deleted. Nobody can read it any more: what
 * would open it is gone. It asks a function that raises rather than overlook rows.
 */
export async function sweepStrays(olderThanMs = youngMs): Promise<void> {
  const storage = processStorage()
  const unfinished = await storage.sweepUnfinished(olderThanMs)
  let strays = 0
  let batch: ObjectName[] = []
  const sweep = async (): Promise<void> => {
    const rows = await lookUp<{ org: string; id: string }>('select org, id from recording_strays($1, $2)', [
      batch.map(({ organisation }) => organisation),
      batch.map(({ id }) => id),
    ])
    for (const { org, id } of rows) await storage.delete({ organisation: asId(org), id })
    strays += rows.length
    batch = []
  }
  for await (const organisation of storage.organisations()) {
    for await (const { id, storedAt } of storage.list(organisation)) {
      if (Date.now() - storedAt.getTime() < olderThanMs) continue
      batch.push({ organisation, id })
      if (batch.length === atOnce) await sweep()
    }
  }
  if (batch.length > 0) await sweep()
  if (unfinished + strays > 0) log.info('storage was swept', { unfinished, strays })
}
