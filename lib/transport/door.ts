import 'server-only'

import type { UseCase } from '../guard/use-case.ts'

/** What an exported door is, for the surface test: which use case, which frame. */
export interface Door {
  readonly kind: 'route' | 'action' | 'stream' | 'sign-in'
  readonly useCase: UseCase
  readonly entrance: string
}

const mark = Symbol.for('orinode.door')

/** Marks a door so that the surface test can tell it from an unguarded export. */
export function markDoor<F extends (...given: never[]) => unknown>(door: Door, handler: F): F {
  return Object.assign(handler, { [mark]: door })
}

export function doorOf(exported: unknown): Door | null {
  if (typeof exported !== 'function') return null
  const door: unknown = Reflect.get(exported, mark)
  return door === undefined ? null : (door as Door) // only markDoor writes this symbol
}
