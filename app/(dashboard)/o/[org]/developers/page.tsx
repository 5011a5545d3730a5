import { PageHeader } from '#components/layout/page-header'
import { listKeys } from '#lib/features/api-keys/index'
import { ask } from '#lib/transport/ask'

import * as words from '../../../../../components/words/words.ts'
import { CreateKeyButton } from './_components/create-key-button.tsx'
import { FirstCall } from './_components/first-call.tsx'
import { KeyTable } from './_components/key-table.tsx'

export const metadata = { title: words.developers.title }

/** What an organisation's own programs need. */
export default async function DevelopersPage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { data, most } = await ask(listKeys, {}, { org })
  const inUse = data.filter((one) => one.state === 'active').length
  return (
    <>
      <PageHeader title={words.developers.title} action={<CreateKeyButton org={org} />}>
        {most !== null && <p className="text-13 text-muted">{words.developers.room(inUse, most)}</p>}
      </PageHeader>
      <KeyTable keys={data} org={org} />
      <FirstCall />
    </>
  )
}
