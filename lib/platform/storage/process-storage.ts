import 'server-only'

import { join } from 'node:path'

import { settings } from '../env.ts'
import { localStorage } from './local.ts'
import type { Storage } from './port.ts'

/** This process's storage: a folder of its home. It holds nothing open, so every asker may have one of its own. */
export function processStorage(): Storage {
  return localStorage(join(settings().ORINODE_HOME, 'storage'))
}
