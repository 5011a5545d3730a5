import { Time } from '#components/records/time'
import { Badge } from '#components/ui/badge'
import { Copyable } from '#components/ui/copyable'
import type { ListedProvider } from '#lib/features/providers/shapes'

import * as words from '../../../../../../components/words/words.ts'
import { ProviderActs } from './provider-acts.tsx'

interface ProviderCardProps {
  provider: ListedProvider
  org: string
  mayManage: boolean
}

const tones = { signed: 'good', shared_secret: 'info', unsigned: 'warn' } as const
const regions = new Intl.DisplayNames(words.locale, { type: 'region' })

export function ProviderCard({ provider, org, mayManage }: ProviderCardProps) {
  const say = words.providers
  const countries = provider.countries.map((code) => regions.of(code) ?? code).join(', ')
  return (
    <li className="flex min-w-0 flex-col gap-3 rounded-6 border border-line p-4 text-13">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="text-14 font-semibold">{provider.name}</h2>
        <span className="text-muted">{provider.kind_name}</span>
        <Badge tone={tones[provider.authenticity]}>{say.authenticity[provider.authenticity]}</Badge>
        {provider.environment === 'test' && <Badge>{say.environments.test}</Badge>}
        {provider.is_disabled && <Badge tone="warn">{say.disabled}</Badge>}
      </div>
      <p className="text-muted">
        {say.authenticityHelp[provider.authenticity]}
        {provider.reconciliation?.checked_at === null && ` ${say.log.notYet}`}
      </p>
      {provider.address === null ? (
        <p className="text-muted">{mayManage ? say.addressOld : say.addressHidden}</p>
      ) : (
        <Copyable value={provider.address} label={say.addressLabel} />
      )}
      <p>
        {provider.last_event_at === null ? (
          say.never
        ) : (
          <>
            {say.last} <Time at={provider.last_event_at} /> · {say.counts(provider.accepted, provider.rejected)}
          </>
        )}
      </p>
      {provider.reconciliation && provider.reconciliation.checked_at !== null && (
        <p>
          {say.log.checked} <Time at={provider.reconciliation.checked_at} /> ·{' '}
          {say.log.counts(
            provider.reconciliation.agrees,
            provider.reconciliation.differs,
            provider.reconciliation.absent,
          )}
        </p>
      )}
      <p className="text-muted">{countries === '' ? say.nowhere : say.touches(countries)}</p>
      {provider.previous_secret_until !== null && (
        <p className="text-muted">
          {say.previousUntil} <Time at={provider.previous_secret_until} />
        </p>
      )}
      {provider.rejections.length > 0 && (
        <details>
          <summary className="w-fit cursor-pointer font-medium">{say.rejections}</summary>
          <ul className="mt-2 flex flex-col gap-1.5">
            {provider.rejections.slice(0, 10).map((one) => (
              <li key={one.request_id}>
                <Time at={one.at} />: {say.reasons[one.reason]}
                <span className="block text-12 text-muted">
                  {say.requestId} <span className="font-mono">{one.request_id}</span>
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {mayManage && <ProviderActs provider={provider} org={org} />}
    </li>
  )
}
