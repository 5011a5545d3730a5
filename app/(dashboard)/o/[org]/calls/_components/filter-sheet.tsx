'use client'

import { useRouter } from 'next/navigation.js'
import { type ReactNode, type SubmitEvent, useId } from 'react'

import { Icon } from '#components/ui/icon'
import { addressOf, fieldsFrom } from '#lib/kernel/list-address'

import { buttonClass } from '../../../../../../components/ui/button-class.ts'
import * as words from '../../../../../../components/words/words.ts'

interface FilterSheetProps {
  path: string
  /** What the page shows now. */
  address: string
  /** How many filters are in use. */
  count: number
  children: ReactNode
}

/** The filter: beside its button on a wide screen, a sheet on a phone. A plain form, so it works before scripts do. */
export function FilterSheet({ path, address, count, children }: FilterSheetProps) {
  const id = useId()
  const router = useRouter()
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const said = [...new FormData(event.currentTarget)].map(
      ([name, value]) => [name, typeof value === 'string' ? value.trim() : ''] as const,
    )
    event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()
    router.push(addressOf(path, fieldsFrom(said)))
  }
  return (
    <>
      <button type="button" popoverTarget={id} className={buttonClass('plain')}>
        <Icon name="filter" />
        {words.work.filter.open}
        {count > 0 && <span className="rounded-full bg-accent-wash px-1.5 text-12 text-accent">{count}</span>}
      </button>
      {/* A new address is a new sheet: the old one would stay open over the page that changed under it. Its button stays, with the focus. */}
      <div
        key={address}
        id={id}
        popover="auto"
        role="group"
        aria-label={words.work.filter.title}
        className="float filter-panel"
      >
        <form action={path} onSubmit={submit}>
          {children}
        </form>
      </div>
    </>
  )
}
