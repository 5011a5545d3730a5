import { PageHeader } from '#components/layout/page-header'
import { FactList } from '#components/records/fact-list'
import { getSettings } from '#lib/features/organisations/index'
import { weekdays } from '#lib/kernel/opening-hours'
import { ask } from '#lib/transport/ask'

import * as words from '../../../../../components/words/words.ts'
import { MaskingSwitch } from './_components/masking-switch.tsx'

export const metadata = { title: words.settings.title }

/** What the organisation is set up with, and the switch only an owner has. */
export default async function SettingsPage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const set = await ask(getSettings, {}, { org })
  const { settings } = words
  const regions = new Intl.DisplayNames(words.locale, { type: 'region' })
  const languages = new Intl.DisplayNames(words.locale, { type: 'language' })
  const hours = weekdays.map((day) => {
    const open = set.hours[day]
    return `${settings.days[day]} ${open ? `${open.from}–${open.to}` : settings.closed}`
  })
  return (
    <>
      <PageHeader title={settings.title} />
      <div className="grid max-w-4xl gap-10 px-4 py-4">
        <section className="flex flex-col gap-3">
          <h2 className="text-16 font-semibold">{settings.masking}</h2>
          <MaskingSwitch org={org} settings={set} />
        </section>
        <section className="flex flex-col gap-3">
          <h2 className="text-16 font-semibold">{settings.organisation}</h2>
          <FactList
            facts={[
              { name: settings.name, value: set.name },
              { name: settings.country, value: regions.of(set.country) ?? set.country },
              { name: settings.region, value: set.region === 'this-machine' ? settings.thisMachine : set.region },
              { name: settings.timeZone, value: set.time_zone.replaceAll('_', ' ') },
              { name: settings.currency, value: set.currency },
              { name: settings.languages, value: set.languages.map((tag) => languages.of(tag) ?? tag).join(', ') },
              { name: settings.hours, value: hours.join(' · ') },
              { name: settings.plan, value: `${settings.plans[set.plan]}. ${settings.planHelp}` },
            ]}
          />
        </section>
      </div>
    </>
  )
}
