import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'

const folder = join(import.meta.dirname, '../../bench')
const all = globSync(join(folder, '*.ts'))
  .map((file) => basename(file, '.ts'))
  .toSorted()

/** `npm run bench [-- NAME …]`: one after the other, because two at once would measure each other. */
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !all.includes(name))
if (unknown.length > 0) {
  console.error(`There is no bench called ${unknown.join(', ')}. There are: ${all.join(', ')}.`)
  process.exit(1)
}
for (const name of asked.length > 0 ? asked : all) {
  console.log(`\n${name}`)
  const code = await new Promise<number>((done) => {
    spawn(process.execPath, ['--conditions=react-server', join(folder, `${name}.ts`)], { stdio: 'inherit' }).once(
      'exit',
      (status) => done(status ?? 1),
    )
  })
  if (code !== 0) process.exitCode = 1
}
