'use client'

import { useRef, useState } from 'react'

import * as words from '../words/words.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

type CopyState = 'ready' | 'copied' | 'failed'

/** An id, a key, an address: shown whole, copied with one press. */
export function Copyable({ value, label }: { value: string; label: string }) {
  const text = useRef<HTMLElement>(null)
  const [state, setState] = useState<CopyState>('ready')

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      setState('copied')
      setTimeout(() => setState('ready'), 2_000)
    } catch {
      if (text.current) getSelection()?.selectAllChildren(text.current)
      setState('failed')
    }
  }

  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-center gap-1 rounded-6 border border-line bg-wash ps-2.5">
        <code ref={text} aria-label={label} className="min-w-0 flex-1 py-1.5 font-mono text-12 break-all">
          {value}
        </code>
        <Button look="quiet" aria-label={`${words.states.copy}: ${label}`} onClick={() => void copy()}>
          <Icon name={state === 'copied' ? 'check' : 'copy'} className={state === 'copied' ? 'text-good' : ''} />
          <span className="max-sm:sr-only">{state === 'copied' ? words.states.copied : words.states.copy}</span>
        </Button>
      </div>
      <p role="status" className={state === 'failed' ? 'text-12 text-warn' : 'sr-only'}>
        {state === 'failed' ? words.states.copyFailed : state === 'copied' ? words.states.copied : ''}
      </p>
    </div>
  )
}
