import { Icon } from './icon.tsx'
import { classNames } from './class-names.ts'
import { controlClass } from './input.tsx'
import { Kbd } from './kbd.tsx'

interface SearchFieldProps {
  action: string
  name: string
  label: string
  value?: string | undefined
  /** Kept in the address when searching. */
  hidden?: readonly { name: string; value: string }[]
}

/** A GET form, so a search has an address. `/` reaches it from anywhere on the page. */
export function SearchField({ action, name, label, value, hidden = [] }: SearchFieldProps) {
  return (
    <form action={action} role="search" className="relative w-full md:w-72">
      {hidden.map((one) => (
        <input key={one.name} type="hidden" name={one.name} value={one.value} />
      ))}
      <Icon name="search" className="pointer-events-none absolute inset-y-0 start-2.5 my-auto text-muted" />
      <input
        type="search"
        name={name}
        defaultValue={value}
        aria-label={label}
        placeholder={label}
        data-search=""
        className={classNames(controlClass, 'ps-8 pe-8 touch:ps-9 touch:pe-3')}
      />
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 end-1.5 flex items-center max-md:hidden"
      >
        <Kbd>/</Kbd>
      </span>
    </form>
  )
}
