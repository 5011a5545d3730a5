'use client'

import { useRouter } from 'next/navigation.js'
import { useEffect } from 'react'

import { isBareKey } from '#lib/browser/shortcuts'

import { buttonClass } from '../ui/button-class.ts'
import { Icon } from '../ui/icon.tsx'
import { NavLink } from '../ui/nav-link.tsx'
import * as words from '../words/words.ts'

interface CallNeighboursProps {
  newerHref: string | null
  olderHref: string | null
}

/** To the next calls of the list: j goes down it, k goes up, as in the list itself. */
export function CallNeighbours({ newerHref, olderHref }: CallNeighboursProps) {
  const router = useRouter()
  const { neighbours, newer, older } = words.callPage
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const href = event.key === 'j' ? olderHref : event.key === 'k' ? newerHref : null
      if (href === null || !isBareKey(event)) return
      event.preventDefault()
      router.push(href)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [router, newerHref, olderHref])
  return (
    <nav aria-label={neighbours} className="flex gap-2">
      <Step href={newerHref} label={newer} icon="left" />
      <Step href={olderHref} label={older} icon="right" />
    </nav>
  )
}

function Step({ href, label, icon }: { href: string | null; label: string; icon: 'left' | 'right' }) {
  if (href === null) {
    return (
      <span aria-hidden="true" className={`${buttonClass('plain', true)} opacity-40`}>
        <Icon name={icon} />
      </span>
    )
  }
  return (
    <NavLink href={href} aria-label={label} className={buttonClass('plain', true)}>
      <Icon name={icon} />
    </NavLink>
  )
}
