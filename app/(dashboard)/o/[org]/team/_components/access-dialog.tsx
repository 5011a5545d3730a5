'use client'

import { useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Select } from '#components/ui/select'
import { useToast } from '#components/ui/toast'
import { useAct } from '#lib/browser/use-act'
import type { Members } from '#lib/features/team/shapes'
import { areas, type AreaPermission } from '#lib/kernel/permission'

import * as words from '../../../../../../components/words/words.ts'
import { setTogglesAction } from '../actions.ts'

type Member = Members['data'][number]

type Wanted = Partial<Record<AreaPermission, Effect>>
type Effect = 'allow' | 'deny' | 'inherit'
const effects = ['inherit', 'allow', 'deny'] as const
const acts = ['view', 'manage'] as const

/** The six areas of one member: own setting beside what holds now and who decided it. */
export function AccessDialog({ member, org, onClose }: { member: Member | null; org: string; onClose: () => void }) {
  const say = useToast()
  const [wanted, setWanted] = useState<Wanted>({})
  const { run, isBusy, failure } = useAct(
    (input: { id: string; toggles: { permission: AreaPermission; effect: Effect }[] }) => setTogglesAction(input, org),
    words.acts.lost,
  )
  if (!member) return null
  const changes = member.permissions.flatMap(({ permission, own }) => {
    const effect = wanted[permission]
    return effect === undefined || effect === (own ?? 'inherit') ? [] : [{ permission, effect }]
  })
  const save = async () => {
    if (!(await run({ id: member.id, toggles: changes }))) return
    say({ text: words.team.saved })
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.team.accessOf(member.name)}
      footer={
        <>
          <Button onClick={onClose}>{words.acts.cancel}</Button>
          <Button look="primary" busy={isBusy} blocked={changes.length === 0} onClick={() => void save()}>
            {words.acts.save}
          </Button>
        </>
      }
    >
      <p className="text-13 text-muted">{words.team.accessHelp}</p>
      <FailureNotice failure={failure} />
      <div className="grid grid-cols-2 gap-x-4 gap-y-3">
        {areas.flatMap((area) =>
          acts.map((act) => {
            const permission: AreaPermission = `${area}.${act}`
            const held = member.permissions.find((one) => one.permission === permission)
            if (!held) return null
            return (
              <label key={permission} className="flex flex-col gap-1 text-13">
                <span>
                  <span className="font-medium">{words.team.areas[area]}</span>{' '}
                  <span className="text-muted">{words.team[act]}</span>
                </span>
                <Select
                  value={wanted[permission] ?? held.own ?? 'inherit'}
                  onChange={(event) => {
                    const effect = effects.find((one) => one === event.currentTarget.value) ?? 'inherit'
                    setWanted((before) => ({ ...before, [permission]: effect }))
                  }}
                >
                  {effects.map((one) => (
                    <option key={one} value={one}>
                      {words.team.effects[one]}
                    </option>
                  ))}
                </Select>
                <span className="text-12 text-muted">
                  {words.team.now(held.decision === 'allow', words.team.sources[held.layer])}
                </span>
              </label>
            )
          }),
        )}
      </div>
    </Dialog>
  )
}
