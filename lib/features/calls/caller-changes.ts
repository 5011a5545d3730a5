import { NUMBER_REMOVED } from '../../kernel/redaction.ts'
import { sealed } from '../../vault/columns.ts'
import type { Vault } from '../../vault/open-vault.ts'
import { type CallRow, callerColumns } from './call-row.ts'
import { byTail } from './caller-digits.ts'
import { type CleanFacts, withoutCaller } from './clean-facts.ts'

interface Applied {
  vault: Vault
  stored: CallRow
  facts: CleanFacts
  masking: boolean
}

/** A caller who is told again is not sealed again. */
export function newCaller({ vault, stored, facts, masking }: Applied): Partial<CallRow> {
  const columns = callerColumns(vault, stored.id, facts.caller, masking)
  const token = (bytes: Uint8Array | null): string => Buffer.from(bytes ?? []).toString('hex')
  const isSame =
    columns.callerKind === stored.callerKind &&
    columns.callerLast3 === stored.callerLast3 &&
    token(columns.callerToken) === token(stored.callerToken)
  return isSame ? {} : columns
}

/** The events before may not have known whose digits their names and addresses hold; whichever knows, takes them out. Only what changes. */
export function storedWithoutCaller({ vault, stored, facts, masking }: Applied): Partial<CallRow> {
  if (facts.caller?.kind !== 'number') return {}
  const open = (column: (typeof sealed.call)[keyof typeof sealed.call], value: Uint8Array | null): string =>
    masking && value ? vault.open(column, stored.id, value) : ''
  const held = {
    carrierCallId: open(sealed.call.carrierCallId, stored.carrierCallIdSealed),
    recordingUrl: open(sealed.call.recordingUrl, stored.recordingUrlSealed),
    number: stored.number ?? '',
  }
  const clean = withoutCaller({ caller: undefined, externalId: '', ...held }, byTail(facts.caller.e164), masking)
  const changes: Partial<CallRow> = {}
  if (clean.number === NUMBER_REMOVED) changes.number = NUMBER_REMOVED
  // Who knows the caller tells the call's own name best.
  if (masking && facts.externalId !== '') {
    const isSame = vault.open(sealed.call.externalId, stored.id, stored.externalIdSealed) === facts.externalId
    if (!isSame) changes.externalIdSealed = vault.seal(sealed.call.externalId, stored.id, facts.externalId)
  }
  if (clean.carrierCallId !== undefined && clean.carrierCallId !== held.carrierCallId)
    changes.carrierCallIdSealed = vault.seal(sealed.call.carrierCallId, stored.id, clean.carrierCallId)
  if (held.recordingUrl !== '' && clean.recordingUrl === undefined) changes.recordingUrlSealed = null
  return changes
}
