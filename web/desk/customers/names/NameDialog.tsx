// A name changed from a day or put right, or one added: who it may be already is shown before it is saved.
import { useState } from 'react'
import type { z } from 'zod'
import * as card from '../../../../chapters/customers/api.ts'
import * as api from '../../../../chapters/customers/names/api.ts'
import { useChange, useFresh } from '../../../kit/ask.ts'
import { today } from '../../../kit/days.ts'
import { DayField, SelectField, TextField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useFaults } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useSaving, useVersions, Versions } from '../../../kit/Versions.tsx'
import { useWords } from '../../../kit/words.ts'
import { Likely } from '../party/Likely.tsx'
import { sinceOf, SinceFields } from '../Since.tsx'
import { texts } from './words.ts'

export type Name = z.output<typeof card.name>
type Parts = Pick<Name, 'given' | 'call_name' | 'family' | 'organisation'>
type PartyKind = z.output<typeof card.customerHead>['kind']

const stale = [card.names, card.openCustomer]
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** The parts that such a name has, to be filled in. */
export const NameFields = ({
  person,
  value,
  onChange,
  faultAt,
  takesFocus = true,
}: {
  readonly person: boolean
  readonly value: Parts
  readonly onChange: (value: Parts) => void
  readonly faultAt: (part: string) => string | undefined
  readonly takesFocus?: boolean
}) => {
  const w = useWords(texts)
  const field = (part: keyof Parts, label: string, required: boolean, first = false) => (
    <TextField
      label={label}
      value={value[part] ?? ''}
      onChange={(text) => onChange({ ...value, [part]: text === '' ? null : text })}
      maxLength={120}
      fault={faultAt(part)}
      required={required}
      takesFocus={first && takesFocus}
    />
  )
  if (!person) return field('organisation', w.organisation, true, true)
  return (
    <>
      {field('family', w.family, true, true)}
      <div className="field-row">
        {field('given', w.given, false)}
        {field('call_name', w.call, false)}
      </div>
    </>
  )
}

const trimmed = (parts: Parts): Parts => ({
  given: orNull(parts.given ?? ''),
  call_name: orNull(parts.call_name ?? ''),
  family: orNull(parts.family ?? ''),
  organisation: orNull(parts.organisation ?? ''),
})

const useNameSaid = () => {
  const w = useWords(texts)
  return (mine: Parts, theirs: Parts) =>
    (
      [
        [w.family, 'family'],
        [w.given, 'given'],
        [w.call, 'call_name'],
        [w.organisation, 'organisation'],
      ] as const
    ).map(([label, part]) => [label, mine[part] ?? '', theirs[part] ?? ''] as const)
}

export const ChangeName = ({
  customer_id,
  party,
  name,
  onClose,
}: {
  readonly customer_id: card.CustomerId
  readonly party: PartyKind
  readonly name: Name
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const faultAt = useFaults()
  const fresh = useFresh()
  const fieldsOf = useNameSaid()
  const change = useChange(api.changeName, { stale })
  const [parts, setParts] = useState<Parts>(name)
  const [since, setSince] = useState({ slip: false, from: today() as string | undefined })
  const { theirs, save } = useVersions(name, 'name.changed', async () =>
    (await fresh(card.names, { params: { customer_id } })).find(
      ({ kind, during }) => kind === name.kind && during.to === null,
    ),
  )
  const act = useSaving(w.save, theirs)
  const person = party === 'natural' && name.kind !== 'trade'
  const from = sinceOf(since)
  return (
    <FormDialog
      title={w.change}
      act={act}
      ready={from !== undefined && (person ? parts.family : parts.organisation) !== null}
      onClose={onClose}
      onAct={async () => {
        if (from === undefined) return
        const made = await save(({ id, version }) =>
          change.mutateAsync({ params: { customer_id, name_id: id }, body: { ...trimmed(parts), from, version } }),
        )
        const was = trimmed(theirs ?? name)
        tell({
          text: w.saved,
          undo: () =>
            change.mutateAsync({
              params: { customer_id, name_id: made.id },
              body: { ...was, from: null, version: made.version },
            }),
        })
      }}
    >
      {(refused) => (
        <>
          {theirs && <Versions at={theirs.recorded_at} fields={fieldsOf(trimmed(parts), theirs)} onTheirs={onClose} />}
          <NameFields
            person={person}
            value={parts}
            onChange={setParts}
            faultAt={(part) => faultAt(refused, `body.${part}`)}
          />
          <SinceFields value={since} onChange={setSince} fault={faultAt(refused, 'body.from')} />
          <Likely draft={trimmed(parts)} except={customer_id} />
        </>
      )}
    </FormDialog>
  )
}

export const AddName = ({
  customer_id,
  party,
  onClose,
}: {
  readonly customer_id: card.CustomerId
  readonly party: PartyKind
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const faultAt = useFaults()
  const add = useChange(api.addName, { stale })
  const end = useChange(api.endName, { stale })
  const [kind, setKind] = useState<'former' | 'trade'>('former')
  const [parts, setParts] = useState<Parts>({ given: null, call_name: null, family: null, organisation: null })
  const [to, setTo] = useState<string>()
  const person = party === 'natural' && kind !== 'trade'
  return (
    <FormDialog
      title={w.add}
      act={w.add}
      ready={(person ? parts.family : parts.organisation) !== null}
      onClose={onClose}
      onAct={async () => {
        const body = {
          ...trimmed(parts),
          kind,
          from: kind === 'trade' ? today() : null,
          to: kind === 'former' ? (to ?? today()) : null,
        }
        const made = await add.mutateAsync({ params: { customer_id }, body })
        tell({
          text: w.saved,
          // One that is over already has no end to be brought forward.
          ...(made.during.to === null && {
            undo: () =>
              end.mutateAsync({ params: { customer_id, name_id: made.id }, query: { version: made.version } }),
          }),
        })
      }}
    >
      {(refused) => (
        <>
          <SelectField
            label={w.kind}
            value={kind}
            options={(['former', 'trade'] as const).map((id) => ({ id, label: w[id] }))}
            onChange={(id) => {
              setKind(id === 'trade' ? 'trade' : 'former')
              setParts({ given: null, call_name: null, family: null, organisation: null })
            }}
          />
          <NameFields
            person={person}
            value={parts}
            onChange={setParts}
            faultAt={(part) => faultAt(refused, `body.${part}`)}
          />
          {kind === 'former' && (
            <DayField label={w.to} value={to} onChange={setTo} fault={faultAt(refused, 'body.to')} />
          )}
        </>
      )}
    </FormDialog>
  )
}
