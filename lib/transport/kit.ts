import 'server-only'

import { settings } from '../platform/env.ts'

/** The page of every component and state: shown only where it was asked for. */
export function isKitOpen(): boolean {
  return settings().KIT === '1'
}
