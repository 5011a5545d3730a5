import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'

import { parseSync } from '@swc/core'
import { z } from 'zod'

import type { UseCase } from '../../guard/use-case.ts'
import { type Door, doorOf } from '../../transport/door.ts'
import { pagesWithoutData, unmarkedDoors } from './exceptions.ts'

export const root = join(import.meta.dirname, '../../..')

export interface ShownDoor {
  path: string
  verb: string
  entrance: string
  useCase: UseCase | null
  /** Why there is no use case behind it. */
  note?: string
}

export interface Surface {
  doors: ShownDoor[]
  /** `file: export` of what stands open without a frame. */
  unguarded: string[]
}

/** Opens every route, action and page of `app/` and says what stands behind each. */
export async function readSurface(appDir = join(root, 'app')): Promise<Surface> {
  const surface: Surface = { doors: [], unguarded: [] }
  for (const file of globSync(join(appDir, '**/{route,actions}.ts')).toSorted()) await readModule(appDir, file, surface)
  const useCases = await featureUseCases()
  for (const file of globSync(join(appDir, '**/page.tsx')).toSorted()) readPage(appDir, file, useCases, surface)
  return surface
}

async function readModule(appDir: string, file: string, surface: Surface): Promise<void> {
  const name = relative(appDir, file)
  const exported = (await import(pathToFileURL(file).href)) as Record<string, unknown> // any module is one
  for (const [verb, value] of Object.entries(exported)) {
    const door = doorOf(value)
    const note = unmarkedDoors[name]
    if (door)
      surface.doors.push({
        path: addressOf(name),
        verb: verbOf(door, verb),
        entrance: door.entrance,
        useCase: door.useCase,
      })
    else if (note) surface.doors.push({ path: addressOf(name), verb, entrance: 'listed', useCase: null, note })
    else surface.unguarded.push(`${name}: ${verb}`)
  }
}

/** A page's data comes through `ask`, or it is listed as having none. */
function readPage(appDir: string, file: string, useCases: Map<string, UseCase>, surface: Surface): void {
  const name = relative(appDir, file)
  const asked = askedIn(parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript', tsx: true, target: 'es2024' }))
  const note = pagesWithoutData[name]
  if (asked.length === 0 && note)
    surface.doors.push({ path: addressOf(name), verb: 'page', entrance: 'anyone', useCase: null, note })
  else if (asked.length === 0) surface.unguarded.push(`${name}: asks nothing and is not listed as a page without data`)
  for (const one of asked) {
    const useCase = useCases.get(one)
    if (useCase) surface.doors.push({ path: addressOf(name), verb: 'page', entrance: 'app', useCase })
    else surface.unguarded.push(`${name}: asks ${one}, which is no use case of a feature`)
  }
}

const Ask = z.object({
  type: z.literal('CallExpression'),
  callee: z.object({ type: z.literal('Identifier'), value: z.literal('ask') }),
  arguments: z.array(z.object({ expression: z.object({ type: z.string(), value: z.unknown().optional() }) })),
})

/** What the code of a page asks, as it calls it; not what its comments and texts speak of. */
function askedIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  const deeper = Object.values(node).flatMap(askedIn)
  const call = Ask.safeParse(node)
  if (!call.success) return deeper
  const asked = call.data.arguments[0]?.expression
  return [asked?.type === 'Identifier' ? String(asked.value) : 'what has no name', ...deeper]
}

/** Every use case the features offer, by the name it is exported under. */
export async function featureUseCases(): Promise<Map<string, UseCase>> {
  const found = new Map<string, UseCase>()
  for (const file of globSync(join(root, 'lib/features/*/index.ts'))) {
    const exported = (await import(pathToFileURL(file).href)) as Record<string, unknown> // any module is one
    for (const [name, value] of Object.entries(exported)) if (isUseCase(value)) found.set(name, value)
  }
  return found
}

function isUseCase(value: unknown): value is UseCase {
  return typeof value === 'object' && value !== null && 'allow' in value && 'audit' in value && 'limit' in value
}

function verbOf(door: Door, name: string): string {
  return door.kind === 'action' ? 'action' : door.kind === 'stream' ? 'stream' : name
}

/** `(dashboard)/o/[org]/calls/page.tsx` → `/o/[org]/calls` */
function addressOf(name: string): string {
  const segments = name
    .split('/')
    .slice(0, -1)
    .filter((segment) => !/^\(.*\)$/.test(segment))
  return `/${segments.join('/')}`
}
