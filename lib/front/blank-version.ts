import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const VERSION = /(window\.next=\{version:)"[^"]*"/

/**
 * After a build: the browser has no use for the framework's version number, and a stranger has. Throws when the one
 * file that carries it is not there, so that an upgrade which moves it does not pass unseen.
 */
export function blankVersion(buildDir: string): void {
  const folder = join(buildDir, 'static', 'chunks')
  const carriers = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => join(folder, name))
    .filter((file) => VERSION.test(readFileSync(file, 'utf8')))
  const [carrier] = carriers
  if (carrier === undefined || carriers.length > 1) {
    throw new Error(`The framework version is in ${carriers.length} client files, not in one`)
  }
  writeFileSync(carrier, readFileSync(carrier, 'utf8').replace(VERSION, '$1""'))
}
