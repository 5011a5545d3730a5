import 'server-only'

import { randomBytes } from 'node:crypto'

import { createOrganisation } from '#lib/features/organisations/index'
import { addMember } from '#lib/features/team/index'
import { foundOrganisation, runAsSystem, startProcess } from '#lib/transport/system'

import { newId } from '../../kernel/ids.ts'

/** Makes an organisation and its first owner, and hands the owner's one password to whoever asked. */
const [name = '', country = '', timeZone = '', email = ''] = process.argv.slice(2)
await startProcess('orinode_web', 'command-line')
const id = newId<'organisation'>()
const where = { process: 'command-line', organisation: id }
const keys = await foundOrganisation(id)
if (!keys) throw new Error('a new id was already founded')
const { slug } = await runAsSystem(createOrganisation, { name, country, time_zone: timeZone, keys }, where)
const password = randomBytes(12).toString('base64url')
const { is_new_person } = await runAsSystem(addMember, { email, name: email, role: 'owner', password }, where)
process.send?.({ slug, email, password: is_new_person ? password : null })
process.disconnect?.()
process.exit(0)
