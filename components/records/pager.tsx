import { buttonClass } from '../ui/button-class.ts'
import { Icon } from '../ui/icon.tsx'
import { NavLink } from '../ui/nav-link.tsx'
import * as words from '../words/words.ts'

interface PagerProps {
  /** Back to the first page, or to the page before where its address is known. Null: this is the newest. */
  newerHref: string | null
  olderHref: string | null
}

/** Keyset pages have no numbers: only newer and older. */
export function Pager({ newerHref, olderHref }: PagerProps) {
  if (newerHref === null && olderHref === null) return null
  return (
    <nav aria-label={words.calls.pager.label} className="screen-only flex items-center justify-end gap-2 px-4 py-3">
      <Step href={newerHref} icon="left" word={words.calls.pager.newer} />
      <Step href={olderHref} icon="right" word={words.calls.pager.older} />
    </nav>
  )
}

function Step({ href, icon, word }: { href: string | null; icon: 'left' | 'right'; word: string }) {
  const inside = (
    <>
      {icon === 'left' && <Icon name={icon} />}
      {word}
      {icon === 'right' && <Icon name={icon} />}
    </>
  )
  if (href === null) {
    return (
      <span aria-disabled="true" className={buttonClass('plain')}>
        {inside}
      </span>
    )
  }
  return (
    <NavLink href={href} rel={icon === 'left' ? 'prev' : 'next'} className={buttonClass('plain')}>
      {inside}
    </NavLink>
  )
}
