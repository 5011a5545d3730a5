'use client'

import { useState } from 'react'

import { Checkbox } from '../ui/checkbox.tsx'
import { Input } from '../ui/input.tsx'
import { type OpeningHours, type Weekday, weekdays } from '#lib/kernel/opening-hours'

import * as words from '../words/words.ts'

interface HoursFieldsProps {
  hours: OpeningHours
  /** By field, as the server names it, and what stands before `mon.from` in those names. */
  errors: Readonly<Record<string, string>>
  prefix: string
}

/** A line a day: open or not, and from when to when. */
export function HoursFields({ hours, errors, prefix }: HoursFieldsProps) {
  return (
    <fieldset>
      <legend className="text-13 font-medium">{words.hours.open}</legend>
      <p className="mb-1.5 text-12 text-muted">{words.hours.help}</p>
      {weekdays.map((day) => (
        <Day
          key={day}
          day={day}
          open={hours[day]}
          error={errors[`${prefix}.${day}.from`] ?? errors[`${prefix}.${day}.to`]}
        />
      ))}
    </fieldset>
  )
}

function Day({ day, open, error }: { day: Weekday; open: OpeningHours[Weekday]; error: string | undefined }) {
  const [isOpen, setOpen] = useState(open !== undefined)
  const name = words.hours.days[day] ?? day
  const wiring = error === undefined ? {} : { 'aria-invalid': true as const, 'aria-describedby': `${day}-error` }
  return (
    <div className="grid grid-cols-2 items-center gap-x-2 gap-y-1 border-b border-line py-1 last:border-b-0 sm:grid-cols-[8.5rem_9rem_9rem]">
      <div className="max-sm:col-span-full">
        <Checkbox
          name={`${day}-open`}
          defaultChecked={isOpen}
          onChange={(event) => setOpen(event.currentTarget.checked)}
          label={name}
        />
      </div>
      {isOpen && (
        <>
          <Input
            {...wiring}
            type="time"
            name={`${day}-from`}
            aria-label={words.hours.from(name)}
            defaultValue={open?.from ?? '08:00'}
          />
          <Input
            {...wiring}
            type="time"
            name={`${day}-to`}
            aria-label={words.hours.to(name)}
            defaultValue={open?.to ?? '18:00'}
          />
        </>
      )}
      {error !== undefined && (
        <p id={`${day}-error`} className="col-span-full text-13 text-bad">
          {error}
        </p>
      )}
    </div>
  )
}
