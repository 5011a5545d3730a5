import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { readSurface } from './surface/read-surface.ts'
import { surfacePage } from './surface/surface-page.ts'

const file = join(import.meta.dirname, '../../docs/surface.md')

/** `npm run surface`: writes the page of every door. The check fails while the committed page differs. */
const surface = await readSurface()
if (surface.unguarded.length > 0) {
  console.error(`Not behind a door frame:\n  ${surface.unguarded.join('\n  ')}`)
  process.exit(1)
}
writeFileSync(file, surfacePage(surface.doors))
console.log(`${surface.doors.length} doors written to docs/surface.md`)
process.exit(0)
