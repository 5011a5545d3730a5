import { EmptyState } from '#components/layout/empty-state'
import { PageHeader } from '#components/layout/page-header'
import { listProviders } from '#lib/features/providers/index'
import { ask } from '#lib/transport/ask'

import * as words from '../../../../../components/words/words.ts'
import { AddProviderButton } from './_components/add-provider-button.tsx'
import { ProviderCard } from './_components/provider-card.tsx'

export const metadata = { title: words.providers.title }

/** Whose events come in here, how far each can be trusted, and what was refused lately. */
export default async function ProvidersPage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { data, may_manage, most } = await ask(listProviders, {}, { org })
  // One that is switched off takes no place.
  const open = data.filter((one) => !one.is_disabled).length
  return (
    <>
      <PageHeader title={words.providers.title} {...(may_manage ? { action: <AddProviderButton org={org} /> } : {})}>
        {most !== null && <p className="text-13 text-muted">{words.providers.room(open, most)}</p>}
      </PageHeader>
      {data.length === 0 ? (
        <EmptyState icon="plug" title={words.providers.empty} text={words.providers.emptyText} />
      ) : (
        <ul className="grid gap-4 px-4 pb-12 lg:grid-cols-2">
          {data.map((one) => (
            <ProviderCard key={one.id} provider={one} org={org} mayManage={may_manage} />
          ))}
        </ul>
      )}
    </>
  )
}
