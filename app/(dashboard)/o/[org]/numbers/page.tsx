import { EmptyState } from '#components/layout/empty-state'
import { PageHeader } from '#components/layout/page-header'
import { listNumbers } from '#lib/features/phone-numbers/index'
import { internationalNumber } from '#lib/kernel/phone-number'
import { ask } from '#lib/transport/ask'

import * as words from '../../../../../components/words/words.ts'
import { AddNumberButton } from './_components/add-number-button.tsx'
import { ImportButton } from './_components/import-button.tsx'
import { NumberTable } from './_components/number-table.tsx'

export const metadata = { title: words.numbers.title }

/** Our own numbers: who answers each, whether they would now, and how it went lately. */
export default async function NumbersPage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { data, voice_agents: agents, may_manage: mayManage } = await ask(listNumbers, {}, { org })
  const acts = mayManage ? (
    <span className="flex flex-wrap gap-2">
      <ImportButton org={org} />
      <AddNumberButton agents={agents} org={org} />
    </span>
  ) : undefined
  const shown = data.map((one) => ({ ...one, written: internationalNumber(one.number) }))
  return (
    <>
      <PageHeader title={words.numbers.title} action={acts}>
        <p className="max-w-3xl text-13 text-pretty text-muted">{words.numbers.lead}</p>
      </PageHeader>
      {data.length > 0 ? (
        <NumberTable numbers={shown} agents={agents} mayManage={mayManage} org={org} />
      ) : (
        <EmptyState
          icon="hash"
          title={words.numbers.empty}
          text={mayManage ? words.numbers.emptyText : words.numbers.emptyReader}
        />
      )}
    </>
  )
}
