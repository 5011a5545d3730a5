'use client'

import { useState } from 'react'

import { RenameDialog } from '#components/layout/rename-dialog'
import { Button } from '#components/ui/button'
import type { ListedProvider } from '#lib/features/providers/shapes'

import * as words from '../../../../../../components/words/words.ts'
import { renameProviderAction } from '../actions.ts'

export function RenameProvider({ provider: { id, name }, org }: { provider: ListedProvider; org: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{words.acts.rename}</Button>
      {isOpen && (
        <RenameDialog
          name={name}
          act={(wanted) => renameProviderAction({ id, name: wanted }, org)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
