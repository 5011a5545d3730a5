import { z } from 'zod'

import { superuser } from './database.ts'
import { asId } from '../../lib/kernel/ids.ts'
import { closePools } from '../../lib/platform/db/pool.ts'
import { testPlatform, testVault } from '../../lib/testing/organisation.ts'
import { type SealedColumn, sealed } from '../../lib/vault/columns.ts'

/** Prints, as JSON, every sealed value of one organisation in the clear: "not stored" also means not under a seal. */
const { organisation } = z.object({ organisation: z.uuid() }).parse(JSON.parse(process.argv[2] ?? ''))

const columns: [table: string, column: string, label: SealedColumn, index?: string][] = [
  ['call', 'external_id_sealed', sealed.call.externalId],
  ['call', 'carrier_call_id_sealed', sealed.call.carrierCallId],
  ['call', 'caller_sealed', sealed.call.caller, 'caller_token'],
  ['call', 'outcome_sealed', sealed.call.outcome],
  ['call', 'summary_sealed', sealed.call.summary],
  ['call', 'recording_url_sealed', sealed.call.recordingUrl],
  ['call', 'metadata_sealed', sealed.call.metadata],
  ['call_turn', 'text_sealed', sealed.callTurn.text],
  ['call_event', 'body_sealed', sealed.callEvent.body],
  ['recording', 'key_sealed', sealed.recording.key],
  ['call_note', 'text_sealed', sealed.callNote.text],
  ['tag', 'name_sealed', sealed.tag.name],
  ['call_follow_up', 'why_sealed', sealed.callFollowUp.why],
  ['saved_view', 'name_sealed', sealed.savedView.name],
  ['audit_detail', 'value_sealed', sealed.auditDetail.value],
  ['invitation', 'email_sealed', sealed.invitation.email],
  ['idempotency_answer', 'answer_sealed', sealed.idempotencyAnswer.body],
  ['provider', 'secret_sealed', sealed.provider.secret],
  ['provider', 'previous_secret_sealed', sealed.provider.previousSecret],
  ['provider', 'path_sealed', sealed.provider.path],
  ['phone_number', 'fallback_sealed', sealed.phoneNumber.fallback],
  ['voice_agent_version', 'config_sealed', sealed.voiceAgentVersion.config],
  ['voice_agent_version', 'note_sealed', sealed.voiceAgentVersion.note],
  ['voice_agent_draft', 'config_sealed', sealed.voiceAgentDraft.config],
  ['knowledge_document', 'title_sealed', sealed.knowledgeDocument.title],
  ['knowledge_chunk', 'text_sealed', sealed.knowledgeChunk.text],
]

const Row = z.object({ id: z.string(), value: z.instanceof(Uint8Array), index: z.instanceof(Uint8Array).nullish() })

await testPlatform()
const sql = superuser()
const vault = await testVault(asId(organisation))
const known = await sql`
  select table_name || '.' || column_name as place from information_schema.columns c join pg_class t on t.relname = c.table_name
  where c.table_schema = 'public' and c.domain_name = 'sealed' and not t.relispartition`
const listed = new Set(columns.map(([table, column]) => `${table}.${column}`))
const missed = known.map((row) => String(row['place'])).filter((place) => !listed.has(place))
if (missed.length > 0) throw new Error(`sealed columns nobody opens here: ${missed.join(', ')}`)

const opened: { place: string; text: string }[] = []
for (const [table, column, label, index] of columns) {
  const rows = await sql`
    select id, ${sql(column)} as value, ${index === undefined ? sql`null::bytea` : sql(index)} as index
    from ${sql(table)} where org = ${organisation} and ${sql(column)} is not null`
  for (const given of rows) {
    const row = Row.parse(given)
    const bytes = vault.openBytes(label, row.id, row.value, row.index ?? undefined)
    opened.push(
      { place: `${table}.${column}`, text: bytes.toString('latin1') },
      { place: `${table}.${column}`, text: bytes.toString('utf8') },
    )
  }
}
process.stdout.write(JSON.stringify(opened))
await sql.end()
await closePools()
