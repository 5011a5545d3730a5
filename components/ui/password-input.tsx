'use client'

import { type ComponentProps, useState, useSyncExternalStore } from 'react'

import * as words from '../words/words.ts'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { controlClass } from './input.tsx'

const never = () => () => {}

/** The eye appears once it can work: without JavaScript this is a plain password field. */
export function PasswordInput(props: Omit<ComponentProps<'input'>, 'style' | 'className' | 'type'>) {
  const [isShown, setShown] = useState(false)
  const isAwake = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  const label = isShown ? words.states.hidePassword : words.states.showPassword
  return (
    <div className="relative">
      <input
        {...props}
        type={isShown ? 'text' : 'password'}
        spellCheck={false}
        autoCapitalize="none"
        className={classNames(controlClass, 'pe-10 touch:pe-12')}
      />
      {isAwake && (
        <button
          type="button"
          aria-label={label}
          title={label}
          onClick={() => setShown(!isShown)}
          className="absolute inset-y-0 end-0 flex w-9 items-center justify-center rounded-6 text-muted hover:text-ink touch:w-11"
        >
          <Icon name={isShown ? 'eye-off' : 'eye'} />
        </button>
      )}
    </div>
  )
}
