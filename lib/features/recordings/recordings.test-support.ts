import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import { ingestCall } from '#lib/features/calls/index'

import { settings } from '../../platform/env.ts'
import { wavFile } from '../../testing/audio.ts'
import { runAs, type TestOrganisation } from '../../testing/organisation.ts'
import { playRecording, storeRecording } from './index.ts'

export async function callOf(org: TestOrganisation, actor = org.keyActor): Promise<string> {
  const told = {
    external_id: randomUUID(),
    direction: 'inbound',
    caller: '+2348035550142',
    number: '+2342017001234',
    agent: 'Desk',
    status: 'completed',
    started_at: '2026-11-24T09:00:00Z',
  }
  return (await runAs(ingestCall, actor, told)).call.id
}

/** As it comes over a network: in pieces that know nothing of segments. */
export function piecesOf(file: Buffer, length = 7_001): AsyncIterable<Uint8Array> {
  const count = Math.ceil(file.length / length)
  return Readable.from(Array.from({ length: count }, (_, at) => file.subarray(at * length, (at + 1) * length)))
}

export const uploadOf = (id: string, file = wavFile(), more: Record<string, unknown> = {}) => ({
  id,
  body: piecesOf(file),
  content_type: 'audio/wav',
  ...more,
})

export async function storedCall(org: TestOrganisation, file = wavFile()): Promise<string> {
  const id = await callOf(org)
  await runAs(storeRecording, org.keyActor, uploadOf(id, file))
  return id
}

export const play = (org: TestOrganisation, id: string, range: string | null = null, actor = org.agent.actor) =>
  runAs(playRecording, actor, { id, range, is_head: false })

export async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

/** Every file in this organisation's part of the storage. */
export function objectsOf(org: TestOrganisation): string[] {
  const folder = join(settings().ORINODE_HOME, 'storage', org.id)
  try {
    return readdirSync(folder).map((name) => join(folder, name))
  } catch {
    return []
  }
}
