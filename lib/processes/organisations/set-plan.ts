import 'server-only'

import { findOrganisation, setPlan } from '#lib/features/organisations/index'
import { runAsSystem, startProcess } from '#lib/transport/system'

import { SetPlan } from '../../features/organisations/shapes.ts'

/** Sets one organisation's plan with the worker's login: the web's may not. */
const [slug = '', plan = ''] = process.argv.slice(2)
await startProcess('orinode_worker', 'command-line')
const organisation = await findOrganisation(slug)
if (organisation) await runAsSystem(setPlan, SetPlan.parse({ plan }), { process: 'command-line', organisation })
process.send?.({ found: organisation !== null })
process.disconnect?.()
process.exit(0)
