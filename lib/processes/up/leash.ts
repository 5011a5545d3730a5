/**
 * Loaded into every process that `up` starts (`--import`): when `up` is gone, even by kill -9, so is the
 * process. Without this a killed `up` would leave a server on the port and a build writing into .next.
 */
const patienceMs = 8000

// What the process forks inherits its flags; those have a channel of their own, to their own parent.
const own = process.execArgv.indexOf('--import')
if (own !== -1) process.execArgv.splice(own, 2)

if (process.channel) {
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM')
    setTimeout(() => process.kill(-process.pid, 'SIGKILL'), patienceMs).unref()
  })
  // The leash alone must not keep a process alive that has finished.
  process.channel.unref()
}
