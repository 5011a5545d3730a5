import { EmptyState } from '#components/layout/empty-state'
import { ErrorState } from '#components/layout/error-state'
import { CallListLoading, CallPageLoading } from '#components/layout/loading-state'
import { NotAllowedState } from '#components/layout/not-allowed-state'
import { OfflineLine } from '#components/layout/offline-notice'
import {
  KeyDisabledNotice,
  PartialNotice,
  PlanLimitNotice,
  SuspendedNotice,
} from '#components/layout/organisation-notices'
import { ShortcutList } from '#components/layout/shortcuts'
import { SignedOutState } from '#components/layout/signed-out-state'
import { Button } from '#components/ui/button'
import { LinkButton } from '#components/ui/link-button'
import * as words from '../../../components/words/words.ts'

import { Shelf } from './shelf.tsx'

export function StateShelf() {
  return (
    <>
      <Shelf name="Empty">
        <EmptyState
          icon="phone"
          title={words.calls.empty.title}
          text={words.calls.empty.text}
          action={
            <LinkButton href="#" look="primary">
              Connect a provider
            </LinkButton>
          }
        />
      </Shelf>
      <Shelf name="Error">
        <ErrorState requestId="01934f7e-9a4c-7c1d-8c55-2f3a7b9d1e10" />
      </Shelf>
      <Shelf name="Not allowed">
        <NotAllowedState helpers={['Tunde Bello', 'Amaka Obi']} backHref="#" />
        <NotAllowedState />
      </Shelf>
      <Shelf name="Signed out">
        <SignedOutState signInHref="/sign-in" />
      </Shelf>
      <Shelf name="Offline">
        <OfflineLine />
        <OfflineLine queued="One note" />
      </Shelf>
      <Shelf name="Organisation and plan">
        <SuspendedNotice />
        <KeyDisabledNotice />
        <PlanLimitNotice action={<Button>Raise limit</Button>} />
        <PartialNotice action={<Button>Try again</Button>} />
      </Shelf>
      <Shelf name="Loading">
        <div className="-mx-4">
          <CallListLoading />
        </div>
        <CallPageLoading />
      </Shelf>
      <Shelf name="Shortcuts">
        <ShortcutList />
      </Shelf>
    </>
  )
}
