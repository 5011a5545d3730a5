'use client'

import { useState } from 'react'

import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { SecretOnce } from '#components/ui/secret-once'
import { useToast } from '#components/ui/toast'

export function DialogShelf() {
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Dialog</Button>
      <Dialog
        isOpen={isOpen}
        onClose={close}
        title="Delete the key “Till”?"
        footer={
          <>
            <Button onClick={close}>Keep it</Button>
            <Button look="danger" onClick={close}>
              Delete key
            </Button>
          </>
        }
      >
        <p>Programs that use it are refused from the next request on. There is no way back.</p>
        <Field label="Type the name of the key">{(wiring) => <Input {...wiring} autoComplete="off" />}</Field>
      </Dialog>
    </>
  )
}

export function ToastShelf() {
  const say = useToast()
  return (
    <>
      <Button onClick={() => say({ text: 'Tag “Follow up” removed', undo: () => say({ text: 'Tag put back' }) })}>
        Toast
      </Button>
      <Button onClick={() => say({ text: 'The note was not saved', tone: 'bad' })}>Bad toast</Button>
    </>
  )
}

export function SecretShelf() {
  const [isStored, setStored] = useState(false)
  if (isStored) return <p className="text-13 text-muted">Gone from this page.</p>
  return <SecretOnce label="API key" value="key_sample_3vJc8mQ2yT7rWk9Zx4Nn6Bp1" onStored={() => setStored(true)} />
}
