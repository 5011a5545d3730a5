'use client'

import { useRouter } from 'next/navigation.js'
import { type SubmitEvent, useEffect, useId, useRef, useState } from 'react'

import { Button } from '#components/ui/button'
import { Input } from '#components/ui/input'
import { isBareKey } from '#lib/browser/shortcuts'
import { addressOf, type Fields, filterOf } from '#lib/kernel/list-address'

import * as words from '../../../../../../components/words/words.ts'
import { lookUpCallerAction } from '../actions.ts'

interface NumberSearchProps {
  org: string
  path: string
  given: Fields
}

/** Finds one caller by their whole number. It goes to the server in a body and comes back as a token: no address holds digits. */
export function NumberSearch({ org, path, given }: NumberSearchProps) {
  const says = words.work.search
  const id = useId()
  const router = useRouter()
  const field = useRef<HTMLInputElement>(null)
  const [isBusy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || !isBareKey(event)) return
      event.preventDefault()
      field.current?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])

  const search = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const caller = field.current?.value.trim() ?? ''
    if (caller === '' || isBusy) return
    setBusy(true)
    setWrong(null)
    const answer = await lookUpCallerAction({ caller }, org).catch(() => null)
    setBusy(false)
    if (!answer) setWrong(words.acts.lost)
    else if (!answer.ok) setWrong(answer.code === 'invalid_input' ? says.notANumber : answer.message)
    else if (answer.value.token === null) setWrong(says.notANumber)
    else {
      if (field.current) field.current.value = ''
      router.push(addressOf(path, { ...filterOf(given), caller: answer.value.token }))
    }
  }
  return (
    <form role="search" onSubmit={(event) => void search(event)} className="flex flex-col gap-1">
      <div className="flex gap-2">
        {/* Without a name: a form sent before scripts run takes nothing along. */}
        <Input
          ref={field}
          type="tel"
          inputMode="tel"
          autoComplete="off"
          aria-label={says.label}
          aria-describedby={wrong === null ? undefined : `${id}-wrong`}
          aria-invalid={wrong === null ? undefined : true}
          placeholder={says.placeholder}
          title={says.help}
          maxLength={60}
        />
        <Button type="submit" icon="search" aria-label={says.go} busy={isBusy} />
      </div>
      {wrong !== null && (
        <p id={`${id}-wrong`} role="alert" className="text-12 text-bad">
          {wrong}
        </p>
      )}
    </form>
  )
}
