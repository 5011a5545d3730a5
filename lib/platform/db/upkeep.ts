import 'server-only'

import { log } from '../log.ts'
import { lookUp } from './transaction.ts'

/** Keeps four weeks of audit partitions ahead; an entry that has no partition could not be written. */
export async function makeAuditPartitions(): Promise<void> {
  const [row] = await lookUp<{ made: number }>('select audit_make_partitions() as made', [])
  if (row && row.made > 0) log.info('audit partitions made', { made: row.made })
}

/** Takes away kept answers and sessions past their time. */
export async function forgetExpired(): Promise<void> {
  const [row] = await lookUp<{ answers: string; sessions: string }>(
    'select answers, sessions from forget_expired()',
    [],
  )
  if (row && Number(row.answers) + Number(row.sessions) > 0) {
    log.info('expired rows forgotten', { answers: Number(row.answers), sessions: Number(row.sessions) })
  }
}
