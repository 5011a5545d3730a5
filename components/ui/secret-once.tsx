'use client'

import * as words from '../words/words.ts'
import { Button } from './button.tsx'
import { Copyable } from './copyable.tsx'
import { Notice } from './notice.tsx'

interface SecretOnceProps {
  value: string
  label?: string
  /** The page must drop the value here. */
  onStored: () => void
}

/** A secret's only appearance. */
export function SecretOnce({ value, label = words.states.secret.label, onStored }: SecretOnceProps) {
  return (
    <div className="flex flex-col gap-3">
      <Notice tone="warn">{words.states.secret.warning}</Notice>
      <Copyable value={value} label={label} />
      <div>
        <Button look="primary" icon="check" onClick={onStored}>
          {words.states.secret.stored}
        </Button>
      </div>
    </div>
  )
}
