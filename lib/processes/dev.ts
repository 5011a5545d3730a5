import { type ChildProcess, spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const settleMs = 300

/** `npm run dev`: `up`, started again whenever a source file changes. It builds, so what one sees is what runs. */
let up: ChildProcess | undefined
let isStale = false
let isLeaving = false
let timer: NodeJS.Timeout | undefined

function start(): void {
  isStale = false
  up = spawn(process.execPath, [join(import.meta.dirname, 'bootstrap.mjs'), 'up'], { cwd: root, stdio: 'inherit' })
  up.once('exit', (code) => {
    up = undefined
    if (isLeaving) process.exit(code ?? 0)
    if (isStale) start()
  })
}

/** One at a time, however often files change while the last one is still on its way out. */
function restart(): void {
  if (!up) return start()
  isStale = true
  up.kill('SIGTERM')
}

for (const folder of ['app', 'components', 'lib', 'drizzle']) {
  watch(join(root, folder), { recursive: true }, () => {
    clearTimeout(timer)
    timer = setTimeout(restart, settleMs)
  })
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    isLeaving = true
    if (up) up.kill('SIGTERM')
    else process.exit(0)
  })
}
start()
