import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { LinkButton } from '#components/ui/link-button'
import { Select } from '#components/ui/select'
import { actorKinds } from '#lib/features/audit/shapes'

import * as words from '../../../../../../components/words/words.ts'

/** A plain form: the filter is the address, so it can be kept, shared and typed. */
export function EntryFilter({ path, given }: { path: string; given: Record<string, string> }) {
  const { filter, actions, kinds, results } = words.audit
  const isOn = Object.keys(given).length > 0
  return (
    <details open={isOn} className="mt-2">
      <summary className="w-fit cursor-pointer text-13 font-medium">{filter.title}</summary>
      <form action={path} className="mt-3 grid grid-cols-2 items-end gap-3 md:grid-cols-4 lg:grid-cols-8">
        <Field label={filter.what}>
          {(wiring) => (
            <Select {...wiring} name="action" defaultValue={given['action'] ?? ''}>
              <option value="">{filter.any}</option>
              {Object.entries(actions).map(([key, label]) => (
                <option key={key} value={key}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={filter.who}>
          {(wiring) => (
            <Select {...wiring} name="actor_kind" defaultValue={given['actor_kind'] ?? ''}>
              <option value="">{filter.any}</option>
              {actorKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {kinds[kind]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={filter.result}>
          {(wiring) => (
            <Select {...wiring} name="result" defaultValue={given['result'] ?? ''}>
              <option value="">{filter.any}</option>
              <option value="done">{results.done}</option>
              <option value="refused">{results.refused}</option>
            </Select>
          )}
        </Field>
        {(['actor', 'target', 'address'] as const).map((name) => (
          <Field key={name} label={filter[name]}>
            {(wiring) => <Input {...wiring} name={name} defaultValue={given[name] ?? ''} autoComplete="off" mono />}
          </Field>
        ))}
        {(['from', 'to'] as const).map((name) => (
          <Field key={name} label={filter[name]}>
            {(wiring) => <Input {...wiring} name={name} type="date" defaultValue={given[name] ?? ''} />}
          </Field>
        ))}
        <div className="col-span-2 flex gap-2">
          <Button type="submit">{filter.apply}</Button>
          {isOn && <LinkButton href={path}>{filter.clear}</LinkButton>}
        </div>
      </form>
    </details>
  )
}
