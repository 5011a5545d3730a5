import { HoursFields } from '#components/records/hours-fields'
import { CheckChip } from '#components/ui/check-chip'
import { Checkbox } from '#components/ui/checkbox'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Select } from '#components/ui/select'
import { TextArea } from '#components/ui/text-area'
import { type AgentConfig, agentLanguages } from '#lib/kernel/agent-config'

import * as words from '../../../../../../../components/words/words.ts'
import type { Titles } from './config-facts.tsx'

interface ConfigFormProps {
  config: AgentConfig
  documents: Titles
  /** By field, as the server names it. */
  errors: Readonly<Record<string, string>>
}

/** Every field of a config, with what it says now. */
export function ConfigForm({ config, documents, errors }: ConfigFormProps) {
  const say = words.agents
  const [first, ...others] = config.languages
  return (
    <>
      <Field label={say.fields['greeting'] ?? ''} help={say.greetingHelp} error={errors['config.greeting']}>
        {(wiring) => <TextArea {...wiring} name="greeting" defaultValue={config.greeting} maxLength={500} required />}
      </Field>
      <Field label={say.fields['disclosure'] ?? ''} help={say.disclosureHelp} error={errors['config.disclosure']}>
        {(wiring) => (
          <TextArea {...wiring} name="disclosure" defaultValue={config.disclosure} maxLength={500} required />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={say.firstLanguage} error={errors['config.languages']}>
          {(wiring) => (
            <Select {...wiring} name="language" defaultValue={first}>
              {agentLanguages.map((tag) => (
                <option key={tag} value={tag}>
                  {say.languages[tag]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={say.fields['voice'] ?? ''} help={say.voiceHelp} error={errors['config.voice']}>
          {(wiring) => <Input {...wiring} name="voice" defaultValue={config.voice} maxLength={60} autoComplete="off" />}
        </Field>
      </div>
      <fieldset>
        <legend className="mb-1.5 text-13 font-medium">{say.otherLanguages}</legend>
        <div className="flex flex-wrap gap-2">
          {agentLanguages.map((tag) => (
            <CheckChip key={tag} name="languages" value={tag} isOn={others.includes(tag)}>
              {say.languages[tag]}
            </CheckChip>
          ))}
        </div>
      </fieldset>
      {documents.length > 0 && (
        <fieldset>
          <legend className="text-13 font-medium">{say.fields['knowledge']}</legend>
          {documents.map(({ id, title }) => (
            <Checkbox
              key={id}
              name="knowledge"
              value={id}
              defaultChecked={config.knowledge.includes(id)}
              label={title}
            />
          ))}
        </fieldset>
      )}
      <HoursFields hours={config.hours} errors={errors} prefix="config.hours" />
      <Field label={say.fields['time_zone'] ?? ''} error={errors['config.time_zone']}>
        {(wiring) => <Input {...wiring} name="time_zone" defaultValue={config.time_zone} autoComplete="off" />}
      </Field>
      <Field label={say.fields['fallback.text'] ?? ''} help={say.fallbackHelp} error={errors['config.fallback.text']}>
        {(wiring) => (
          <TextArea {...wiring} name="fallback" defaultValue={config.fallback.text} maxLength={500} required />
        )}
      </Field>
      <Field
        label={say.fields['fallback.number'] ?? ''}
        help={say.fallbackNumberHelp}
        error={errors['config.fallback.number']}
      >
        {(wiring) => (
          <Input
            {...wiring}
            type="tel"
            name="fallback_number"
            defaultValue={config.fallback.number ?? ''}
            autoComplete="off"
          />
        )}
      </Field>
    </>
  )
}
