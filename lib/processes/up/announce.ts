import { relative, resolve } from 'node:path'

import type { UpFile } from './up-file.ts'

/** What a person sees once everything runs: where to go, as whom, and one call to send. */
export function announcement(up: UpFile, home: string): string {
  const lines = ['', `  Orinode is at ${up.url}`, '']
  if (up.logins.length === 0) {
    lines.push('  This database is your own, so nobody was made up: npm run organisation:create makes the first owner.')
  } else {
    const width = Math.max(...up.logins.map(({ email }) => email.length))
    for (const organisation of new Set(up.logins.map((login) => login.organisation))) {
      lines.push(`  ${organisation}`)
      for (const login of up.logins.filter((one) => one.organisation === organisation)) {
        lines.push(`    ${login.role.padEnd(10)} ${login.email.padEnd(width)}  ${login.password}`)
      }
    }
    const key = up.apiKeys.find(({ environment }) => environment === 'live')
    if (key) lines.push('', `  Send a call to ${key.organisation}:`, '', curl(up, key.key))
    if (up.hooks.length > 0)
      lines.push('', '  Play a provider’s day of calls:', '', `${elsewhere(home)}npm run replay -- retell`)
  }
  lines.push(
    '',
    `  The browser will warn until it trusts ${relative(process.cwd(), up.caFile) || up.caFile} (it can vouch for this machine only).`,
    `  The same for programs: ${relative(process.cwd(), home) || '.'}/up.json · Ctrl-C stops everything.`,
    '',
  )
  return lines.join('\n')
}

/** Commands find the default home by themselves. */
const elsewhere = (home: string): string => (home === resolve('.orinode') ? '' : `ORINODE_HOME='${home}' `)

/** At the line's start and in one piece, so that it can be copied. A live key: test calls hide behind a filter. */
function curl(up: UpFile, key: string): string {
  // The shell says when, so that the line is a new call each time it is run.
  const call = {
    external_id: 'hello-NOW',
    direction: 'inbound',
    caller: '0803 555 0142',
    number: '+234 201 700 0100',
    agent: 'Front desk',
    status: 'in_progress',
    started_at: 'TODAY',
    transcript: [
      { role: 'agent', text: 'Good day, how can I help?', at_ms: 0 },
      { role: 'caller', text: 'Please call me back on 0803 555 0142.', at_ms: 2400 },
    ],
  }
  const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`
  return [
    'curl',
    '--cacert',
    quote(up.caFile),
    '-X',
    'POST',
    `${up.url}/api/v1/calls`,
    '-H',
    quote(`X-API-Key: ${key}`),
    '-H',
    quote('Content-Type: application/json'),
    '-d',
    quote(JSON.stringify(call)).replace('NOW', `'$(date +%s)'`).replace('TODAY', `'$(date -u +%Y-%m-%dT%H:%M:%SZ)'`),
  ].join(' ')
}
