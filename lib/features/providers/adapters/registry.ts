import type { Adapter } from './port.ts'
import { retell } from './retell.ts'

/** Every provider we can hear, by the word in its hook's address. */
const adapters: ReadonlyMap<string, Adapter> = new Map([[retell.kind, retell]])

export function adapterOf(kind: string): Adapter | null {
  return adapters.get(kind) ?? null
}
