import type { GroupColour } from '#lib/kernel/group-colour'

import { classNames } from '../ui/class-names.ts'

const looks: Record<GroupColour, string> = {
  clay: 'text-group-clay',
  ochre: 'text-group-ochre',
  leaf: 'text-group-leaf',
  lagoon: 'text-group-lagoon',
  sky: 'text-group-sky',
  indigo: 'text-group-indigo',
  plum: 'text-group-plum',
  rose: 'text-group-rose',
}

/** Colour and name, never colour alone. */
export function GroupChip({ colour, name }: { colour: GroupColour; name: string }) {
  return (
    <span
      className={classNames(
        'inline-flex h-5 max-w-48 items-center gap-1.5 rounded-full border border-current/35 px-2 text-12 font-medium',
        looks[colour],
      )}
    >
      <span aria-hidden="true" className="keep-colour size-2 shrink-0 rounded-full bg-current" />
      <span className="truncate">{name}</span>
    </span>
  )
}
