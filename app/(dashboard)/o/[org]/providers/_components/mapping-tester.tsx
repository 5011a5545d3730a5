'use client'

import { useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { TextArea } from '#components/ui/text-area'
import { useAct } from '#lib/browser/use-act'
import type { TriedMapping } from '#lib/features/providers/shapes'

import * as words from '../../../../../../components/words/words.ts'
import { tryMappingAction } from '../actions.ts'
import { jsonObject } from './json-object.ts'

type Tried = Parameters<typeof tryMappingAction>[0]

const tones = { found: 'good', missing: 'plain', strange: 'warn', invalid: 'bad' } as const

/** What the settings above would make of one event, field by field. The sample is read on the server and forgotten. */
export function MappingTester({ org, settings }: { org: string; settings: () => string }) {
  const says = words.providers.tester
  const [sample, setSample] = useState('')
  const [isJson, setJson] = useState(true)
  const [tried, setTried] = useState<TriedMapping | null>(null)
  const { run, isBusy, failure } = useAct((input: Tried) => tryMappingAction(input, org), words.acts.lost, {
    isLocal: true,
  })
  const tryIt = async () => {
    const mapping = jsonObject(settings())?.['mapping']
    setJson(mapping !== undefined)
    // Whatever was typed: the gate judges it and names what is wrong.
    setTried(mapping === undefined ? null : await run({ sample, mapping } as Tried))
  }
  const wrong = Object.entries(failure?.fields ?? {}).map(([path, text]) => `${path}: ${text}`)
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-4">
      <Field
        label={says.sample}
        help={says.help}
        error={isJson ? wrong.join('; ') || undefined : words.providers.notJson}
      >
        {(wiring) => (
          <TextArea
            {...wiring}
            value={sample}
            rows={5}
            spellCheck={false}
            onChange={(event) => setSample(event.currentTarget.value)}
          />
        )}
      </Field>
      {wrong.length === 0 && <FailureNotice failure={failure} />}
      <div>
        <Button busy={isBusy} blocked={sample.trim() === ''} onClick={() => void tryIt()}>
          {says.tryIt}
        </Button>
      </div>
      {tried && (
        <table className="w-full text-13" aria-label={says.result}>
          <tbody>
            {tried.fields.map((one) => (
              <tr key={one.field} className="border-b border-line align-top">
                <th scope="row" className="py-1 pe-3 text-start font-mono text-12 font-normal">
                  {one.field}
                </th>
                <td className="py-1 pe-3">
                  <Badge tone={tones[one.outcome]}>{says.outcomes[one.outcome]}</Badge>
                </td>
                <td className="py-1 [overflow-wrap:anywhere]">{one.problem ?? one.shown}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
