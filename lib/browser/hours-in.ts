import { type OpeningHours, type Weekday, weekdays } from '../kernel/opening-hours.ts'
import { textIn } from './form-text.ts'

/** What a form's hours say: `mon-open`, `mon-from`, `mon-to` and so on. */
export function hoursIn(form: HTMLFormElement): OpeningHours {
  const hours: Partial<Record<Weekday, { from: string; to: string }>> = {}
  for (const day of weekdays) {
    if (textIn(form, `${day}-open`) !== 'on') continue
    hours[day] = { from: textIn(form, `${day}-from`), to: textIn(form, `${day}-to`) }
  }
  return hours
}
