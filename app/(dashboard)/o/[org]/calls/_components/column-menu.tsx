'use client'

import { useRouter } from 'next/navigation.js'

import { Checkbox } from '#components/ui/checkbox'
import { Icon } from '#components/ui/icon'
import { Popover } from '#components/ui/popover'
import { chooseColumns } from '#lib/browser/call-columns'
import { type CallColumn, callColumns } from '#lib/kernel/call-columns'

import { buttonClass } from '../../../../../../components/ui/button-class.ts'
import * as words from '../../../../../../components/words/words.ts'

/** Which columns the list has in this browser. The last one stays: a list of callers alone says nothing. */
export function ColumnMenu({ columns }: { columns: readonly CallColumn[] }) {
  const router = useRouter()
  const toggle = (column: CallColumn, isOn: boolean) => {
    const next = callColumns.filter((one) => (one === column ? isOn : columns.includes(one)))
    if (next.length === 0) return
    chooseColumns(next)
    router.refresh()
  }
  return (
    <Popover
      label={words.work.columns}
      side="end"
      triggerClass={`${buttonClass('plain')} max-md:hidden`}
      trigger={
        <>
          <Icon name="columns" />
          {words.work.columns}
        </>
      }
    >
      <div className="px-2.5 py-1">
        {callColumns.map((column) => (
          <Checkbox
            key={column}
            label={words.calls.columns[column]}
            checked={columns.includes(column)}
            onChange={(event) => toggle(column, event.target.checked)}
          />
        ))}
      </div>
    </Popover>
  )
}
