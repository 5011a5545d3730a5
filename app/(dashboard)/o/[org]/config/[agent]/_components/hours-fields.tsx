'use client'

import { useState } from 'react'

import { Checkbox } from '#components/ui/checkbox'
import { Input } from '#components/ui/input'
import { type OpeningHours, type Weekday, weekdays } from '#lib/kernel/opening-hours'

import * as words from '../../../../../../../components/words/words.ts'

interface HoursFieldsProps {
  hours: OpeningHours
  errors: Readonly<Record<string, string>>
}

/** A line a day: open or not, and from when to when. */
export function HoursFields({ hours, errors }: HoursFieldsProps) {
  return (
    <fieldset>
      <legend className="text-13 font-medium">{words.agents.hours}</legend>
      <p className="mb-1.5 text-12 text-muted">{words.agents.hoursHelp}</p>
      {weekdays.map((day) => (
        <Day
          key={day}
          day={day}
          open={hours[day]}
          error={errors[`config.hours.${day}.from`] ?? errors[`config.hours.${day}.to`]}
        />
      ))}
    </fieldset>
  )
}

function Day({ day, open, error }: { day: Weekday; open: OpeningHours[Weekday]; error: string | undefined }) {
  const [isOpen, setOpen] = useState(open !== undefined)
  const name = words.agents.days[day] ?? day
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
            aria-label={words.agents.from(name)}
            defaultValue={open?.from ?? '08:00'}
          />
          <Input
            {...wiring}
            type="time"
            name={`${day}-to`}
            aria-label={words.agents.to(name)}
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
