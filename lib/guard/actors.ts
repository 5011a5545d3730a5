import 'server-only'

import type {
  Actor,
  ApiKeyActor,
  NobodyActor,
  OperatorActor,
  PersonActor,
  ProviderActor,
  SystemActor,
} from '../kernel/actor.ts'

type Unminted<A extends Actor> = Omit<A, symbol> // the brand is a symbol key, so everything but the brand

/** The only function that makes an Actor. Imported by `transport` and `testing` alone; a boundary rule says so. */
function mint<A extends Actor>(facts: Unminted<A>): A {
  return Object.freeze(facts) as A
}

export const mintPerson = (facts: Unminted<PersonActor>): PersonActor => mint<PersonActor>(facts)
export const mintApiKey = (facts: Unminted<ApiKeyActor>): ApiKeyActor => mint<ApiKeyActor>(facts)
export const mintProvider = (facts: Unminted<ProviderActor>): ProviderActor => mint<ProviderActor>(facts)
export const mintOperator = (facts: Unminted<OperatorActor>): OperatorActor => mint<OperatorActor>(facts)
export const mintSystem = (facts: Unminted<SystemActor>): SystemActor => mint<SystemActor>(facts)
export const mintNobody = (): NobodyActor => mint<NobodyActor>({ kind: 'nobody', id: null, organisation: null })
