// Every part of the kit in one place, for eyes, screen readers and tests: what is not shown here is not finished.
import { useEffect, useState } from 'react'
import type { Language } from '../../../register/vocabulary.ts'
import { Skeleton } from '../../kit/Answer.tsx'
import { Badge } from '../../kit/Badge.tsx'
import { Banner, Banners } from '../../kit/Banner.tsx'
import { Button, ButtonLink, IconButton } from '../../kit/Button.tsx'
import { Refusal } from '../../kit/client.ts'
import { Confirm, Dialog } from '../../kit/Dialog.tsx'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { ErrorView } from '../../kit/ErrorView.tsx'
import { CheckboxField, DayField, SelectField, TextField } from '../../kit/Field.tsx'
import { useFormats } from '../../kit/format.ts'
import { Icon, iconNames } from '../../kit/Icon.tsx'
import { InlineEdit } from '../../kit/InlineEdit.tsx'
import { Link } from '../../kit/Link.tsx'
import { Menu } from '../../kit/Menu.tsx'
import { Columns, Page as Frame } from '../../kit/Page.tsx'
import { Facts, Panel } from '../../kit/Panel.tsx'
import { SearchBox } from '../../kit/SearchBox.tsx'
import { Table } from '../../kit/Table.tsx'
import { Tabs } from '../../kit/Tabs.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { useWords } from '../../kit/words.ts'
import { paths } from '../paths.ts'
import { useOpenCustomers } from '../shell/open-customers.ts'
import { Shell } from '../shell/Shell.tsx'
import { customers, fittings, session, StateBadge } from './sample.tsx'
import { texts } from './texts.ts'
import './Gallery.css'

export const title = (language: Language): string => texts[language].title

const Contact = () => {
  const w = useWords(texts)
  const { day } = useFormats()
  const [phone, setPhone] = useState('040 000 0000')
  const [email, setEmail] = useState('')
  return (
    <Panel title={w.contact}>
      <Facts
        facts={[
          [
            w.phone,
            <InlineEdit
              key="phone"
              label={w.phone}
              kind="tel"
              value={phone}
              save={async (next) => {
                setPhone(next)
                return undefined
              }}
            />,
          ],
          [
            w.email,
            <InlineEdit
              key="email"
              label={w.email}
              kind="email"
              value={email}
              // The first to save finds that a colleague was quicker; the second stands.
              save={async (next, seen) => {
                if (seen === '')
                  return { theirs: 'maija@example.fi', by: w.colleague, at: new Date('2026-11-24T08:15:00Z') }
                setEmail(next)
                return undefined
              }}
            />,
          ],
          [
            w.address,
            <Badge key="address" tone="stop" icon="shield">
              {w.protectedState}
            </Badge>,
          ],
          [w.birth, day('1959-03-07')],
          [w.language, w.finnish],
        ]}
      />
    </Panel>
  )
}

const Timeline = () => {
  const w = useWords(texts)
  const list = (
    <EmptyState icon="contacts" title={w.none} action={<Button icon="plus">{w.newNote}</Button>}>
      {w.noneHow}
    </EmptyState>
  )
  return (
    <Panel title={w.timeline} actions={<IconButton label={w.actions} icon="filter" />}>
      <Tabs
        label={w.timeline}
        tabs={[
          { id: 'all', label: w.all, body: list },
          { id: 'calls', label: w.calls, count: 4, body: <Skeleton lines={4} /> },
          { id: 'letters', label: w.letters, count: 12, body: <Skeleton lines={6} /> },
        ]}
      />
    </Panel>
  )
}

const Form = () => {
  const w = useWords(texts)
  const tell = useToast()
  const [name, setName] = useState('')
  const [day, setDay] = useState<string | undefined>('2026-11-24')
  const [product, setProduct] = useState<string>()
  const [note, setNote] = useState('')
  const [agreed, setAgreed] = useState(true)
  return (
    <Panel title={w.form}>
      <form
        className="gallery-form"
        onSubmit={(event) => {
          event.preventDefault()
          tell({ text: w.save })
        }}
      >
        <TextField
          label={w.name}
          hint={w.nameHint}
          fault={name === '' ? w.nameFault : undefined}
          required
          value={name}
          onChange={setName}
        />
        <DayField label={w.day} value={day} onChange={setDay} />
        <SelectField
          label={w.product}
          value={product}
          onChange={setProduct}
          options={[
            { id: 'spot', label: w.spot, hint: w.spotHint },
            { id: 'fixed', label: w.fixed },
          ]}
        />
        <TextField label={w.note} lines={3} value={note} onChange={setNote} />
        <CheckboxField value={agreed} onChange={setAgreed}>
          {w.agree}
        </CheckboxField>
        <div className="gallery-row">
          <Button tone="strong" type="submit">
            {w.save}
          </Button>
          <Button>{w.cancel}</Button>
        </div>
      </form>
    </Panel>
  )
}

const Buttons = () => {
  const w = useWords(texts)
  const tell = useToast()
  const [open, setOpen] = useState<'dialog' | 'confirm'>()
  const close = (): void => setOpen(undefined)
  return (
    <Panel title={w.buttons}>
      <div className="gallery-row">
        <Button tone="strong" icon="plus" onPress={() => setOpen('dialog')}>
          {w.dialog}
        </Button>
        <Button tone="stop" onPress={() => setOpen('confirm')}>
          {w.remove}
        </Button>
        <Menu
          label={w.actions}
          sections={[
            {
              items: [
                { id: 'edit', label: w.edit, icon: 'edit', keys: 'E' },
                { id: 'print', label: w.print, icon: 'download', hint: 'PDF' },
              ],
            },
            { items: [{ id: 'remove', label: w.remove, icon: 'close', tone: 'stop', run: () => setOpen('confirm') }] },
          ]}
        >
          <IconButton label={w.actions} icon="more" />
        </Menu>
        <Button disabled>{w.cancel}</Button>
        <Button busy>{w.save}</Button>
        <ButtonLink to={paths.start()} icon="desk" tone="quiet">
          {w.customers}
        </ButtonLink>
        <Link to={paths.start()}>{w.customers}</Link>
      </div>
      <div className="gallery-row">
        <Badge>{w.ended}</Badge>
        <Badge tone="well">{w.active}</Badge>
        <Badge tone="note">{w.prospect}</Badge>
        <Badge tone="care">{w.deceased}</Badge>
        <Badge tone="stop" icon="shield">
          {w.protectedState}
        </Badge>
      </div>
      <Dialog
        title={w.dialog}
        open={open === 'dialog'}
        onClose={close}
        actions={
          <Button tone="strong" onPress={close}>
            {w.save}
          </Button>
        }
      >
        <p>{w.dialogBody}</p>
        <TextField label={w.note} takesFocus value="" onChange={() => undefined} />
      </Dialog>
      <Confirm
        title={w.remove}
        act={w.remove}
        open={open === 'confirm'}
        onClose={close}
        onAct={async () => tell({ text: w.removed, undo: async () => undefined })}
      >
        <p>{w.removeHow}</p>
      </Confirm>
    </Panel>
  )
}

const List = ({ label, count }: { readonly label: string; readonly count: number }) => {
  const w = useWords(texts)
  const { day, number } = useFormats()
  const [sought, setSought] = useState('')
  const [all] = useState(() => customers(count))
  const rows = all.filter(({ name }) => name.toLowerCase().includes(sought.toLowerCase()))
  return (
    <Panel title={label} flush actions={<SearchBox label={w.narrow} value={sought} onChange={setSought} />}>
      <Table
        label={label}
        rows={rows}
        keyOf={({ id }) => id}
        to={({ id }) => `${paths.kit()}/${id}`}
        empty={<EmptyState icon="search" title={w.none} />}
        columns={[
          { id: 'name', label: w.name, cell: ({ name }) => name, by: ({ name }) => name },
          { id: 'city', label: w.city, cell: ({ city }) => city, by: ({ city }) => city },
          { id: 'since', label: w.since, cell: ({ since }) => day(since), by: ({ since }) => since },
          { id: 'use', label: w.use, cell: ({ use }) => number(use), by: ({ use }) => use, align: 'end' },
          { id: 'state', label: w.state, cell: ({ state }) => <StateBadge state={state} />, width: '10rem' },
        ]}
      />
    </Panel>
  )
}

const unreachable = new Refusal({ type: 'about:blank', title: '', status: 0, code: 'web.unreachable' })

const Parts = () => {
  const w = useWords(texts)
  const { open } = useOpenCustomers()
  useEffect(() => {
    for (const { id } of customers(3)) open(id)
  }, [open])
  return (
    <Frame
      title={w.customer}
      lead={`${w.age} · ${w.number}`}
      actions={
        <Button tone="strong" icon="phone">
          {w.newNote}
        </Button>
      }
    >
      <Banners
        banners={[
          { id: 'returned', consequence: 'note', title: w.returned, children: w.returnedHow },
          { id: 'dispute', consequence: 'care', title: w.dispute, children: w.disputeHow },
          { id: 'guardian', consequence: 'care', title: w.guardian, children: w.guardianHow },
          {
            id: 'protected',
            consequence: 'stop',
            title: w.protectedAddress,
            children: w.protectedHow,
            why: w.protectedWhy,
            action: <Button>{w.openAddress}</Button>,
          },
        ]}
      />
      <Columns>
        <div>
          <Contact />
          <Buttons />
        </div>
        <div>
          <Timeline />
          <Panel title={w.error}>
            <ErrorView error={unreachable} onRetry={() => undefined} />
            <Banner consequence="well" title={w.save} />
          </Panel>
        </div>
        <div>
          <Form />
        </div>
      </Columns>
      <List label={w.customers} count={12} />
      <List label={`${w.customers} (5 000)`} count={5000} />
      <Panel title={w.icons}>
        <ul className="gallery-icons">
          {iconNames.map((name) => (
            <li key={name}>
              <Icon name={name} /> {name}
            </li>
          ))}
        </ul>
      </Panel>
    </Frame>
  )
}

export const Page = () => {
  const [at, setAt] = useState(session)
  return (
    <Shell
      session={at}
      fittings={fittings}
      here={paths.kit()}
      onChange={(change) => setAt((now) => ({ ...now, ...change }))}
      onSignOut={() => undefined}
    >
      <Parts />
    </Shell>
  )
}
