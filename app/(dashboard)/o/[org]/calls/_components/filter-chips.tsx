import { Chip } from '#components/ui/chip'
import { LinkButton } from '#components/ui/link-button'
import type { Work } from '#lib/features/call-work/shapes'
import type { CallChoices } from '#lib/features/calls/shapes'
import { addressOf, type Fields, filterOf, without } from '#lib/kernel/list-address'
import { redactDigits } from '#lib/kernel/redaction'

import * as words from '../../../../../../components/words/words.ts'

interface FilterChipsProps {
  path: string
  /** What the address asks for, known to make sense. */
  given: Fields
  work: Work
  choices: CallChoices
}

/** Each filter in use, and a way out of it. */
export function FilterChips({ path, given, work, choices }: FilterChipsProps) {
  const filter = filterOf(given)
  const chips = Object.entries(filter).flatMap(([name, text]) =>
    (several.has(name) ? text.split(',') : [text]).map((value) => ({
      name,
      value,
      label: labelOf(name, value, filter, work, choices),
    })),
  )
  const shown = chips.filter((chip) => chip.label !== null)
  if (shown.length === 0) return null
  return (
    <nav aria-label={words.work.filter.chips} className="screen-only flex flex-wrap items-center gap-2">
      {shown.map(({ name, value, label }) => (
        <Chip
          key={`${name} ${value}`}
          href={addressOf(path, without(filter, name, several.has(name) ? value : undefined))}
          isOn
          removeLabel={words.work.filter.remove(label ?? '')}
        >
          {label ?? ''}
        </Chip>
      ))}
      <LinkButton href={path} look="quiet">
        {words.work.filter.clear}
      </LinkButton>
    </nav>
  )
}

const several = new Set(['status', 'provider', 'tag'])

/** What a filter says in words; null where it says nothing by itself. Whatever can be typed is shown only as far as calls show it too. */
function labelOf(name: string, value: string, filter: Fields, work: Work, choices: CallChoices): string | null {
  const says = words.work.filter
  const known = (list: Readonly<Record<string, string>>): string => list[value] ?? value
  switch (name) {
    case 'status':
      return known(words.calls.statuses)
    case 'direction':
      return known(words.calls.directions)
    case 'provider':
      return known(words.calls.providers)
    case 'agent':
      return redactDigits(value).count === 0 ? value : says.someAgent
    case 'number':
      return choices.numbers.includes(value) ? value : says.someNumber
    case 'caller':
      return choices.caller_masked ?? says.someCaller
    case 'outcome':
      return choices.outcomes.find(({ token }) => token === value)?.text ?? says.someOutcome
    case 'success':
      return known(says.successes)
    case 'ended_reason':
      return known(words.calls.endings)
    case 'talk_min_seconds':
      return says.talkFrom(value)
    case 'talk_max_seconds':
      return says.talkTo(value)
    case 'cost_min':
      return says.costFrom(value, filter['cost_currency'] ?? '')
    case 'cost_max':
      return says.costTo(value, filter['cost_currency'] ?? '')
    case 'tag':
      return work.tags.find(({ id }) => id === value)?.name ?? says.goneTag
    case 'follow_up':
      return known(says.followUps)
    case 'assigned':
      return assignee(value, work)
    case 'period':
      return known(says.periods)
    case 'from':
      return says.since(dayOrMinute(value))
    case 'to':
      return says.until(dayOrMinute(value))
    case 'environment':
      return known(says.environments)
    default:
      return null
  }
}

/** A day as it is; a time to the minute, as people write it. */
function dayOrMinute(value: string): string {
  return value.replace(/^(.{10})T(\d\d:\d\d).*Z$/, '$1 $2 UTC')
}

function assignee(value: string, { members }: Work): string {
  const says = words.work.filter
  const named = members.find(({ id }) => id === value)?.name
  if (named !== undefined) return says.of(named)
  const whose = Object.entries(says.assignees).find(([key]) => key === value)?.[1]
  return whose === undefined ? says.someMember : says.of(whose.toLowerCase())
}
