// The one file an older Node has to be able to read: it installs what is missing, then hands over to
// the pinned Node. `node lib/processes/bootstrap.mjs <command> [-- arguments]`
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '../..')
const modules = join(root, 'node_modules')
const installedMark = join(modules, '.orinode-lock')
const oldestStarter = 20
const oldestRunner = 24
/** These may be a person's first command after `git clone`. */
const installs = ['up', 'test']

const [command = '', ...rest] = process.argv.slice(2)
const args = rest[0] === '--' ? rest.slice(1) : rest

main()

function main() {
  const file = join(here, `${command}.ts`)
  if (!/^[a-z][a-z-]*$/.test(command) || !existsSync(file))
    stop(`There is no command “${command}”. See "scripts" in package.json.`)
  if (installs.includes(command)) {
    if (major(process.version) < oldestStarter) {
      stop(
        `Orinode needs Node ${oldestStarter} or later to start, and this is ${process.version}.`,
        'Install a current one from https://nodejs.org (or `nvm install 24`) and run the same command again.',
      )
    }
    installWhenStale()
  }
  const node = runner()
  if (!node) {
    stop(
      `This command needs Node ${oldestRunner} or later, and this is ${process.version}.`,
      'Run `npm install` here (it brings the right Node with it), or install Node 24 from https://nodejs.org.',
    )
  }
  handOver(node, file)
}

function major(version) {
  return Number(/^v?(\d+)/.exec(version)?.[1] ?? 0)
}

function stop(sentence, advice) {
  console.error(`\n  ${sentence}${advice ? `\n  ${advice}` : ''}\n`)
  process.exit(1)
}

/** The Node in our lock where there is one for this system, else the one running now if it is new enough. */
function runner() {
  for (const name of [`node-${process.platform}-${process.arch}/bin/node`, '.bin/node']) {
    const pinned = join(modules, name)
    if (!existsSync(pinned)) continue
    const asked = spawnSync(pinned, ['--version'], { encoding: 'utf8' })
    if (asked.status === 0 && major(asked.stdout) >= oldestRunner) return pinned
  }
  return major(process.version) >= oldestRunner ? process.execPath : undefined
}

function installWhenStale() {
  if (isInstalled()) return
  mkdirSync(modules, { recursive: true })
  const release = takeInstallLock()
  try {
    // Whoever held the lock before us may have done the work.
    if (isInstalled()) return
    console.log('\n  Installing what the lock file names (npm install)…\n')
    const npm = process.env.npm_execpath
    const words = ['install', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev', '--include=optional']
    const isScript = npm !== undefined && /npm-cli\.[cm]?js$/.test(npm)
    const ran = isScript
      ? spawnSync(process.execPath, [npm, ...words], { cwd: root, stdio: 'inherit' })
      : spawnSync('npm', words, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
    if (ran.status !== 0) {
      release()
      stop(
        'npm install did not finish; what it said is above.',
        'Nothing is half done that matters: run the same command again.',
      )
    }
    writeFileSync(installedMark, lockFingerprint())
  } finally {
    release()
  }
}

function isInstalled() {
  return existsSync(installedMark) && readFileSync(installedMark, 'utf8') === lockFingerprint()
}

function lockFingerprint() {
  const hash = createHash('sha256')
  for (const name of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(root, name)))
  return `${hash.digest('hex')} ${process.platform}-${process.arch}\n`
}

/** Two first starts at once must not install over each other. */
function takeInstallLock() {
  const file = join(modules, '.orinode-installing')
  for (let isFirst = true; ; isFirst = false) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST')
        stop(`node_modules cannot be written (${error.code}).`, `Give yourself the right to write in ${root}`)
      if (isAbandoned(file)) rmSync(file, { force: true })
      else {
        if (isFirst) console.log('\n  Another command is installing; waiting for it…')
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
      }
    }
  }
}

function isAbandoned(file) {
  try {
    const holder = Number(readFileSync(file, 'utf8'))
    if (holder === 0) return Date.now() - statSync(file).mtimeMs > 5000
    process.kill(holder, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

function handOver(node, file) {
  const words = [
    node,
    '--conditions=react-server',
    '--disable-sigusr1',
    '--disable-warning=ExperimentalWarning',
    file,
    ...args,
  ]
  const env = { ...process.env, PATH: [join(modules, '.bin'), dirname(node), process.env.PATH ?? ''].join(delimiter) }
  // No core files: they would hold keys and plaintext.
  const child =
    process.platform === 'win32'
      ? spawn(words[0], words.slice(1), { stdio: 'inherit', env })
      : spawn('/bin/sh', ['-c', 'ulimit -c 0; exec "$@"', 'sh', ...words], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => stop(`The command could not be started (${error.code}).`))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
  if (process.env.npm_lifecycle_event) leaveWithNpm(child)
}

/** npm killed outright cannot pass anything on: what it started must not stay behind. */
function leaveWithNpm(child) {
  const parent = process.ppid
  // npm runs us directly or by way of a shell, depending on the shell.
  const npm = isShell(parent) ? parentOf(parent) : undefined
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === undefined || parentOf(parent) === npm)) return
    clearInterval(timer)
    child.kill('SIGTERM')
  }, 500)
  timer.unref()
}

function isShell(pid) {
  return ['sh', 'dash', 'bash', 'zsh', 'ash', 'busybox'].includes(fromProc(pid, 'comm')?.trim())
}

function parentOf(pid) {
  return fromProc(pid, 'stat')?.split(') ').at(-1)?.split(' ')[1]
}

/** Linux only; elsewhere our own parent is all that is watched. */
function fromProc(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return undefined
  }
}
