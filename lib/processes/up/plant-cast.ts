import { seedDemoCast } from '../../../drizzle/seed/demo-cast.ts'
import { settings } from '../../platform/env.ts'

// A process of its own: the seed speaks to the app's own pools and vault, which read their settings once.
const cast = await seedDemoCast({ home: settings().ORINODE_HOME })
// Its pools would keep the process; what it says must have left first.
process.send?.(cast, undefined, {}, () => process.exit(0))
