'use client'

import { useState } from 'react'

import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import type { AgentConfig } from '#lib/kernel/agent-config'

import * as words from '../../../../../../../components/words/words.ts'

interface ConfigFileProps {
  name: string
  config: AgentConfig
  /** Of whatever shape: the server judges it. */
  onRead: (config: AgentConfig) => void
}

/** A config out as a file, and in again. */
export function ConfigFile({ name, config, onRead }: ConfigFileProps) {
  const [isBad, setBad] = useState(false)
  const read = async (file: File | undefined) => {
    if (!file) return
    try {
      onRead(JSON.parse(await file.text()) as AgentConfig) // as the file says it; the server judges it
      setBad(false)
    } catch {
      setBad(true)
    }
  }
  return (
    <section className="flex flex-col items-start gap-4">
      <Button onClick={() => download(`${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.json`, config)}>
        {words.agents.exportFile}
      </Button>
      <Field
        label={words.agents.importFile}
        help={words.agents.importText}
        error={isBad ? words.agents.notJson : undefined}
      >
        {(wiring) => (
          <Input
            {...wiring}
            type="file"
            accept=".json,application/json"
            onChange={(event) => void read(event.currentTarget.files?.[0])}
          />
        )}
      </Field>
    </section>
  )
}

function download(name: string, config: AgentConfig): void {
  const address = URL.createObjectURL(new Blob([`${JSON.stringify(config, null, 2)}\n`], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
