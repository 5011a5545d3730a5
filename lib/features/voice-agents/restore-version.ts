import { actingMember } from '../../guard/acting-member.ts'
import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError, notFound } from '../../kernel/app-error.ts'
import { holdAgent, requireLast } from './config-row.ts'
import { findVersion } from './find-version.ts'
import { insertVersion } from './insert-version.ts'
import { PublishedVersion, RestoreVersion } from './shapes.ts'

/** Goes back to an earlier version by publishing its config anew; nothing of what came between is lost. */
export const restoreVersion = command({
  name: 'voice-agents.restore',
  allow: 'config.manage',
  limit: perActor(60, 'hour'),
  audit: 'voice-agent.restored',
  input: RestoreVersion,
  output: PublishedVersion,
  async run(context) {
    const { id, number, last } = context.input
    const member = actingMember(context.actor)
    const agent = await holdAgent(context, id)
    requireLast(agent, last)
    if (number === agent.published) throw new AppError('conflict', 'This version is the published one.')
    const config = await findVersion(context, agent.id, number)
    if (!config) throw notFound()
    const note = `Back to version ${number}`
    const made = await insertVersion(context, { agent, config, note, restores: number, member })
    return recorded({ id: agent.id, number: made }, { target: agent.id, facts: { version: made, restores: number } })
  },
})
