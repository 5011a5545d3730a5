import { useId } from 'react'

import type { CallStatus } from '#lib/features/calls/shapes'

import { buttonClass } from '../ui/button-class.ts'
import { Chip } from '../ui/chip.tsx'
import { Icon } from '../ui/icon.tsx'
import { MenuLink, MenuList } from '../ui/menu.tsx'
import { Popover } from '../ui/popover.tsx'
import * as words from '../words/words.ts'

const common: readonly CallStatus[] = ['in_progress', 'completed', 'no_answer', 'voicemail', 'failed']
const rare: readonly CallStatus[] = ['queued', 'ringing', 'busy', 'rejected', 'canceled', 'unknown_end']

interface StatusFilterProps {
  /** The list's address without its query. */
  path: string
  /** What else is in the query and should stay; never the cursor. */
  keep?: Readonly<Record<string, string>>
  current: CallStatus | null
}

/** Chips that are links: the address is the filter. A sheet on phones, opened by the browser itself. */
export function StatusFilter({ path, keep = {}, current }: StatusFilterProps) {
  const id = useId()
  const { filter, statuses } = words.calls
  const href = (status: CallStatus | null) => {
    const query = new URLSearchParams({ ...keep, ...(status ? { status } : {}) }).toString()
    return query === '' ? path : `${path}?${query}`
  }
  const shown = current && rare.includes(current) ? [...common, current] : common
  return (
    <nav aria-label={filter.label} className="screen-only">
      <button type="button" popoverTarget={id} className={`${buttonClass('plain')} md:hidden`}>
        <Icon name="filter" />
        {current ? statuses[current] : filter.open}
      </button>
      {/* A new filter is a new sheet: the old one would stay open over the page that changed under it. */}
      <div key={current ?? 'all'} id={id} popover="auto" className="float sheet-until-wide">
        <div className="flex flex-wrap items-center gap-2 max-md:p-3">
          <Chip href={href(null)} isOn={current === null}>
            {filter.all}
          </Chip>
          {shown.map((status) => (
            <Chip
              key={status}
              href={href(status === current ? null : status)}
              isOn={status === current}
              removeLabel={filter.remove(statuses[status])}
            >
              {statuses[status]}
            </Chip>
          ))}
          <span className="max-md:hidden">
            <Popover
              label={filter.more}
              triggerClass="inline-flex h-7 items-center gap-1 rounded-full border border-line px-3 text-13 text-muted hover:border-edge hover:text-ink touch:h-11"
              trigger={
                <>
                  {filter.more}
                  <Icon name="down" className="-me-1" />
                </>
              }
            >
              <MenuList>
                {rare.map((status) => (
                  <MenuLink key={status} href={href(status)} isOn={status === current}>
                    {statuses[status]}
                  </MenuLink>
                ))}
              </MenuList>
            </Popover>
          </span>
          <span className="contents md:hidden">
            {rare
              .filter((status) => status !== current)
              .map((status) => (
                <Chip key={status} href={href(status)}>
                  {statuses[status]}
                </Chip>
              ))}
          </span>
        </div>
      </div>
    </nav>
  )
}
