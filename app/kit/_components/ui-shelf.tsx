import { ThemeToggle } from '#components/layout/theme-toggle'
import { Badge, type Tone } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Checkbox, Switch } from '#components/ui/checkbox'
import { Chip } from '#components/ui/chip'
import { Copyable } from '#components/ui/copyable'
import { Field } from '#components/ui/field'
import { Icon } from '#components/ui/icon'
import { Input } from '#components/ui/input'
import { Kbd } from '#components/ui/kbd'
import { LinkButton } from '#components/ui/link-button'
import { MenuButton, MenuLabel, MenuLine, MenuLink, MenuList } from '#components/ui/menu'
import { Notice } from '#components/ui/notice'
import { PasswordInput } from '#components/ui/password-input'
import { Popover } from '#components/ui/popover'
import { ProgressBar } from '#components/ui/progress-bar'
import { SearchField } from '#components/ui/search-field'
import { Select } from '#components/ui/select'
import { Skeleton } from '#components/ui/skeleton'
import { StateDot } from '#components/ui/state-dot'
import { Tabs } from '#components/ui/tabs'
import { Tooltip } from '#components/ui/tooltip'

import { buttonClass, type ButtonLook } from '../../../components/ui/button-class.ts'
import { DialogShelf, SecretShelf, ToastShelf } from './live-demos.tsx'
import { Row, Shelf } from './shelf.tsx'

const looks: readonly ButtonLook[] = ['primary', 'plain', 'quiet', 'danger']
const tones: readonly Tone[] = ['plain', 'good', 'warn', 'bad', 'info', 'accent']

export function UiShelf() {
  return (
    <>
      <Shelf name="Type">
        <p className="text-28 font-semibold tracking-tight">Twenty-eight</p>
        <p className="text-20 font-semibold">Twenty: a page’s title</p>
        <p className="text-16 font-medium">Sixteen: a section</p>
        <p>Fourteen: what one reads. 0123456789</p>
        <p className="text-13">Thirteen: rows and controls. 0123456789</p>
        <p className="text-12 text-muted">Twelve: what stands beside. 0123456789</p>
        <p className="font-mono text-12">key_live_7Qm2 0O 1lI</p>
      </Shelf>
      <Shelf name="Button">
        <Row>
          {looks.map((look) => (
            <Button key={look} look={look}>
              {look}
            </Button>
          ))}
        </Row>
        <Row>
          <Button look="primary" icon="check">
            With icon
          </Button>
          <Button icon="copy" aria-label="Copy" />
          <LinkButton href="#" icon="right">
            Link-button
          </LinkButton>
          <Button look="primary" busy>
            Saving…
          </Button>
          <Button busy>Saving…</Button>
          <Button disabled>Disabled</Button>
        </Row>
      </Shelf>
      <Shelf name="Field">
        <div className="grid gap-5 sm:grid-cols-2">
          <Field label="Name" help="As people in your team know it.">
            {(wiring) => <Input {...wiring} defaultValue="Amaka Obi" />}
          </Field>
          <Field label="Webhook address" error="Start the address with https://">
            {(wiring) => <Input {...wiring} defaultValue="http://example.com/hook" mono />}
          </Field>
          <Field label="Password">
            {(wiring) => <PasswordInput {...wiring} defaultValue="correct horse" autoComplete="off" />}
          </Field>
          <Field label="Country" help="Sets currency, hours and law.">
            {(wiring) => (
              <Select {...wiring} defaultValue="NG">
                <option value="NG">Nigeria</option>
                <option value="KE">Kenya</option>
                <option value="GH">Ghana</option>
              </Select>
            )}
          </Field>
          <Field label="Disabled">
            {(wiring) => <Input {...wiring} disabled defaultValue="Cannot be changed here" />}
          </Field>
          <div>
            <Checkbox label="Send me a weekly summary" defaultChecked />
            <Switch label="Masking" help="Digits of callers are not stored." defaultChecked />
            <Switch label="Voicemail" />
          </div>
        </div>
        <SearchField action="" name="q" label="Search calls" />
      </Shelf>
      <Shelf name="Badge, chip, dot, key">
        <Row>
          {tones.map((tone) => (
            <Badge key={tone} tone={tone}>
              {tone}
            </Badge>
          ))}
        </Row>
        <Row>
          <Chip href="#">All</Chip>
          <Chip href="#" isOn removeLabel="Completed, remove filter">
            Completed
          </Chip>
        </Row>
        <Row>
          {tones.map((tone) => (
            <StateDot key={tone} tone={tone} word={tone} />
          ))}
          <StateDot tone="good" word="live" isLive />
          <StateDot tone="warn" word="ring" shape="ring" />
          <StateDot tone="warn" word="half" shape="half" />
        </Row>
        <Row>
          <Kbd>j</Kbd>
          <Kbd>k</Kbd>
          <Kbd>Enter</Kbd>
        </Row>
      </Shelf>
      <Shelf name="Popover, menu, tooltip, tabs">
        <Row>
          <Popover
            label="Row acts"
            triggerClass={buttonClass('plain')}
            trigger={
              <>
                Menu <Icon name="down" />
              </>
            }
          >
            <MenuLabel>This call</MenuLabel>
            <MenuList>
              <MenuLink href="#" icon="phone">
                Open
              </MenuLink>
              <MenuButton icon="copy">Copy id</MenuButton>
              <MenuLine />
              <MenuLink href="#" isOn>
                Chosen
              </MenuLink>
            </MenuList>
          </Popover>
          <Tooltip text="Why this is as it is" className="underline decoration-dotted underline-offset-4">
            Tooltip
          </Tooltip>
          <ThemeToggle theme="system" />
        </Row>
        <Tabs
          label="Parts"
          tabs={[
            { key: 'one', label: 'Request', panel: <p>First part</p> },
            { key: 'two', label: 'Answer', panel: <p>Second part</p> },
            { key: 'three', label: 'Tries', panel: <p>Third part</p> },
          ]}
        />
      </Shelf>
      <Shelf name="Dialog, toast">
        <Row>
          <DialogShelf />
          <ToastShelf />
        </Row>
      </Shelf>
      <Shelf name="Notice">
        <Notice>A number can take two minutes to move.</Notice>
        <Notice tone="good" title="All rows verified">
          1,204 entries, none changed.
        </Notice>
        <Notice tone="warn" title="Key expires in 7 days" action={<Button>Rotate</Button>} />
        <Notice tone="bad" title="The test event was refused">
          The signature did not match. Check the secret of this endpoint.
        </Notice>
      </Shelf>
      <Shelf name="Progress, skeleton">
        <ProgressBar label="Sealing again" value={42} detail="42 of 100" />
        <ProgressBar label="Looking for calls" />
        <Skeleton className="w-40" />
        <Skeleton className="h-8 w-full" />
      </Shelf>
      <Shelf name="Copyable, secret shown once">
        <Copyable label="Call id" value="01934f7e-9a4c-7c1d-8c55-2f3a7b9d1e10" />
        <SecretShelf />
      </Shelf>
    </>
  )
}
