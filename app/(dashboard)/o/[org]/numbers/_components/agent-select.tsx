import { Select } from '#components/ui/select'
import type { FieldWiring } from '#components/ui/field'
import type { Numbers } from '#lib/features/phone-numbers/shapes'

import * as words from '../../../../../../components/words/words.ts'

export type Agents = Numbers['voice_agents']

/** Who answers, or nobody yet. */
export function AgentSelect({
  wiring,
  agents,
  chosen,
}: {
  wiring: FieldWiring
  agents: Agents
  chosen: string | null
}) {
  return (
    <Select {...wiring} name="agent" defaultValue={chosen ?? ''}>
      <option value="">{words.numbers.nobody}</option>
      {agents.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  )
}
