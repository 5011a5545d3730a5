import { getConstructionPlans, getMigrationPlans } from 'pg-boss'
import manifest from 'pg-boss/package.json' with { type: 'json' }

export const jobSchema = 'jobs'

/** The form of the tables that the installed pg-boss works with. */
const wanted = manifest.pgboss.schema

/**
 * What the caller's transaction has to run, as the schema's owner, so that its tables are as pg-boss wants them: all of
 * pg-boss's own plan where there are none (`null`), its steps from an older form, nothing where they are current.
 */
export function jobSchemaSql(installed: number | null): string {
  if (installed === null) return bare(getConstructionPlans(jobSchema, { createSchema: false }))
  return installed < wanted ? bare(getMigrationPlans(jobSchema, installed)) : ''
}

/**
 * The worker runs the queue. Nobody else who can log in may even enter its schema; a web process asks through
 * `enqueue_job`. Said anew at each migration, since pg-boss may have made new tables.
 */
export const jobGrantsSql = `
  grant usage on schema ${jobSchema} to orinode_worker;
  grant select, insert, update, delete on all tables in schema ${jobSchema} to orinode_worker;
  revoke execute on all functions in schema ${jobSchema} from public;
  grant execute on all functions in schema ${jobSchema} to orinode_worker;`

/**
 * A plan without its own transaction. Steps put after its end are indexes built without locks, which no transaction
 * may do: on tables as small as these we lock and stay whole.
 */
function bare(plan: string): string {
  const whole = /^\s*BEGIN;(?<steps>[^]*)\bCOMMIT;(?<after>[^]*)$/.exec(plan)
  const { steps, after } = whole?.groups ?? {}
  if (steps === undefined || after === undefined) throw new Error('the plan of pg-boss has another form than we know')
  return `${steps}\n${after.replaceAll(' CONCURRENTLY', '')}`
}
