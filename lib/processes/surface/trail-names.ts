import { auditActionOf, type UseCase } from '../../guard/use-case.ts'
import { trailsOfAnotherName } from './exceptions.ts'

const irregular: Readonly<Record<string, string>> = { read: 'read', set: 'set' }

/** `calls.ingest` → `call.ingested`, `calls.reveal-caller` → `call.caller-revealed`: either name is guessed from the other. */
export function trailNameOf(useCase: string): string {
  const [nouns = '', act = ''] = useCase.split('.')
  const [verb = '', ...object] = act.split('-')
  return `${nouns.replace(/s$/, '')}.${[...object, pastOf(verb)].join('-')}`
}

function pastOf(verb: string): string {
  return irregular[verb] ?? (verb.endsWith('e') ? `${verb}d` : `${verb}ed`)
}

/** `use case → entry` of those whose entry has another name and that are not listed. */
export function oddlyNamed(useCases: Iterable<UseCase>): string[] {
  return [...useCases].flatMap((useCase) => {
    const action = auditActionOf(useCase)
    const { name } = useCase
    const expected = trailsOfAnotherName[name] ?? trailNameOf(name)
    return action === null || action === expected ? [] : [`${name} → ${action}`]
  })
}
