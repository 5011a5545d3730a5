import { allowOurScripts } from './lib/front/script-policy.ts'

allowOurScripts(window)
