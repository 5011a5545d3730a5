import type { ReactNode } from 'react'

import { Button } from '#components/ui/button'
import { CheckChip } from '#components/ui/check-chip'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { LinkButton } from '#components/ui/link-button'
import { Select } from '#components/ui/select'
import type { Work } from '#lib/features/call-work/shapes'
import type { CallChoices } from '#lib/features/calls/shapes'
import type { Fields } from '#lib/kernel/list-address'

import * as words from '../../../../../../components/words/words.ts'

interface FilterFieldsProps {
  path: string
  given: Fields
  work: Work
  choices: CallChoices
}

type Options = readonly (readonly [value: string, label: string])[]

/** Every filter of the list. What is chosen from comes from the newest calls. */
export function FilterFields({ path, given, work, choices }: FilterFieldsProps) {
  const says = words.work.filter
  const isIn = (name: string, value: string): boolean => (given[name] ?? '').split(',').includes(value)
  const providers = Object.entries(words.calls.providers).filter(
    ([key]) => choices.providers.includes(key) || isIn('provider', key),
  )
  const pick = (name: string, label: string, options: Options) => (
    <Pick key={name} name={name} label={label} options={options} value={given[name] ?? ''} />
  )
  const type = (name: string, label: string, kind: 'number' | 'date' | 'decimal') => (
    <Field key={name} label={label}>
      {(wiring) => (
        <Input
          {...wiring}
          name={name}
          defaultValue={given[name] ?? ''}
          {...(kind === 'decimal'
            ? { inputMode: 'decimal' as const }
            : { type: isTime(given[name]) ? 'text' : kind, min: kind === 'number' ? 0 : undefined })}
          autoComplete="off"
        />
      )}
    </Field>
  )
  return (
    <div className="flex flex-col gap-4 p-3">
      <Group label={says.status}>
        {Object.entries(words.calls.statuses).map(([key, label]) => (
          <CheckChip key={key} name="status" value={key} isOn={isIn('status', key)}>
            {label}
          </CheckChip>
        ))}
      </Group>
      {work.tags.length > 0 && (
        <Group label={says.tags}>
          {work.tags.map((tag) => (
            <CheckChip key={tag.id} name="tag" value={tag.id} isOn={isIn('tag', tag.id)}>
              {tag.name}
            </CheckChip>
          ))}
        </Group>
      )}
      {providers.length > 1 && (
        <Group label={says.provider}>
          {providers.map(([key, label]) => (
            <CheckChip key={key} name="provider" value={key} isOn={isIn('provider', key)}>
              {label}
            </CheckChip>
          ))}
        </Group>
      )}
      <div className="grid grid-cols-2 gap-3 md:grid-cols-3">
        {pick('period', says.period, Object.entries(says.periods))}
        {type('from', says.from, 'date')}
        {type('to', says.to, 'date')}
        {pick('follow_up', says.followUp, Object.entries(says.followUps))}
        {pick('assigned', says.assigned, [
          ...Object.entries(says.assignees),
          ...work.members.filter(({ id }) => id !== work.me).map(({ id, name }) => [id, name] as const),
        ])}
        {pick(
          'outcome',
          says.outcome,
          choices.outcomes.map(({ token, text }) => [token, text] as const),
        )}
        {pick('success', says.success, Object.entries(says.successes))}
        {pick('ended_reason', says.endedReason, Object.entries(words.calls.endings))}
        {pick(
          'agent',
          says.agent,
          choices.agents.map((name) => [name, name] as const),
        )}
        {pick(
          'number',
          says.number,
          choices.numbers.map((line) => [line, line] as const),
        )}
        {pick('direction', says.direction, Object.entries(words.calls.directions))}
        {pick('environment', says.environment, Object.entries(says.environments))}
        {type('talk_min_seconds', says.talkMin, 'number')}
        {type('talk_max_seconds', says.talkMax, 'number')}
        {type('cost_min', says.costMin, 'decimal')}
        {type('cost_max', says.costMax, 'decimal')}
        {choices.currencies.length > 0 && (
          <Field label={says.currency}>
            {(wiring) => (
              <Select
                {...wiring}
                name="cost_currency"
                defaultValue={given['cost_currency'] ?? choices.currencies[0] ?? ''}
              >
                {choices.currencies.map((code) => (
                  <option key={code}>{code}</option>
                ))}
              </Select>
            )}
          </Field>
        )}
      </div>
      {given['caller'] !== undefined && <input type="hidden" name="caller" value={given['caller']} />}
      <div className="sticky -bottom-1 -mx-3 -mb-3 flex justify-end gap-2 border-t border-line bg-raised px-3 py-3">
        <LinkButton href={path} look="quiet">
          {says.clear}
        </LinkButton>
        <Button type="submit" look="primary">
          {says.show}
        </Button>
      </div>
    </div>
  )
}

/** More than a day: the list of days would not show it, and lose it. */
function isTime(value: string | undefined): boolean {
  return /^.{10}T/.test(value ?? '')
}

function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="mb-1.5 text-13 font-medium">{label}</legend>
      {children}
    </fieldset>
  )
}

function Pick({ name, label, options, value }: { name: string; label: string; options: Options; value: string }) {
  const isListed = value === '' || options.some(([key]) => key === value)
  return (
    <Field label={label}>
      {(wiring) => (
        <Select {...wiring} name={name} defaultValue={value}>
          <option value="">{words.work.filter.any}</option>
          {/* In use, though no new call has it: it must not be lost when something else is changed. */}
          {!isListed && <option value={value}>…</option>}
          {options.map(([key, text]) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}
