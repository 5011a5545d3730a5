'use client'

import { useState } from 'react'

import { RenameDialog } from '#components/layout/rename-dialog'
import { Button } from '#components/ui/button'

import * as words from '../../../../../../../components/words/words.ts'
import { renameVoiceAgentAction } from '../../actions.ts'

export function RenameButton({ agent: { id, name }, org }: { agent: { id: string; name: string }; org: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{words.acts.rename}</Button>
      {isOpen && (
        <RenameDialog
          name={name}
          help={words.agents.nameHelp}
          act={(wanted) => renameVoiceAgentAction({ id, name: wanted }, org)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
