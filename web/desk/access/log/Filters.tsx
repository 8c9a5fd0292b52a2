// What the log is searched by. Nothing is asked until one says so: each search is a line of its own.
import { useState } from 'react'
import { listStaff } from '../../../../chapters/access/staff/api.ts'
import { outcomes, reasonKinds } from '../../../../chapters/access/log/api.ts'
import { purposes } from '../../../../register/vocabulary.ts'
import { useAsk } from '../../../kit/ask.ts'
import { Button } from '../../../kit/Button.tsx'
import { CheckboxField, DayField, type Option, SelectField, TextField } from '../../../kit/Field.tsx'
import { useNavigation } from '../../../kit/navigation.tsx'
import { PickField } from '../../../kit/PickField.tsx'
import { useWords } from '../../../kit/words.ts'
import { CustomerPick, type PickedCustomer } from '../../customers/CustomerPick.tsx'
import { paths } from '../../paths.ts'
import { useLabels } from './say.ts'
import { type PickedStaff, StaffPick } from '../staff/StaffPick.tsx'
import { texts } from './words.ts'

type Query = Readonly<Record<string, string>>

/** Options that hold the typed words, in their order. */
const among =
  (options: readonly Option[]) =>
  async (text: string): Promise<readonly Option[]> =>
    options
      .filter(({ label, hint = '' }) => `${label} ${hint}`.toLocaleLowerCase().includes(text.toLocaleLowerCase()))
      .slice(0, 40)

const Among = ({
  label,
  options,
  value,
  onChange,
}: {
  readonly label: string
  readonly options: readonly Option[]
  readonly value: string | undefined
  readonly onChange: (id: string | undefined) => void
}) => {
  const [search] = useState(() => among(options))
  const picked =
    value === undefined ? undefined : (options.find(({ id }) => id === value) ?? { id: value, label: value })
  return <PickField label={label} search={search} value={picked} onChange={(next) => onChange(next?.id)} />
}

/** What the address came with, until it is dropped and another can be picked. */
const Kept = ({
  label,
  onDrop,
  children,
}: {
  readonly label: string
  readonly onDrop: () => void
  readonly children: string
}) => (
  <div className="field">
    <span className="field-label">{label}</span>
    <Button icon="close" onPress={onDrop}>
      {children}
    </Button>
  </div>
)

/** A handle as the log has it, in the name of whom it means. */
const useActor = (actor: string | undefined): string | undefined => {
  const staff = /^staff:(\d{1,15})$/.exec(actor ?? '')?.[1]
  const { data } = useAsk(listStaff, { query: { staff_id: Number(staff) } }, { when: staff !== undefined })
  return data?.staff[0]?.name ?? actor
}

const Form = ({ query, actions }: { readonly query: Query; readonly actions: readonly Option[] }) => {
  const w = useWords(texts)
  const { go } = useNavigation()
  const { labelOf } = useLabels()
  const [person, setPerson] = useState<PickedCustomer | undefined>()
  const [kept, setKept] = useState(query['person'])
  const [actor, setActor] = useState<PickedStaff | undefined>()
  const [keptActor, setKeptActor] = useState(query['actor'])
  const actorName = useActor(keptActor)
  const [asked, setAsked] = useState<Readonly<Record<string, string | undefined>>>(query)
  const set = (name: string) => (value: string | undefined) => setAsked({ ...asked, [name]: value || undefined })
  const any = { id: '', label: w.any }
  const kinds = { ...w, reason: w.reasonKind, none: w.noReason }
  return (
    <form
      className="log-filters"
      onSubmit={(event) => {
        event.preventDefault()
        const { before: _, line: __, ...now } = asked
        go(
          paths.accessLog(
            {},
            {
              ...now,
              actor: actor?.id ?? keptActor,
              person: person?.id ?? kept,
              name: person?.label ?? (kept && query['name']),
            },
          ),
        )
      }}
    >
      {kept === undefined ? (
        <CustomerPick label={w.person} value={person} onChange={setPerson} />
      ) : (
        <Kept label={w.person} onDrop={() => setKept(undefined)}>
          {query['name'] ?? kept}
        </Kept>
      )}
      {keptActor === undefined ? (
        <StaffPick label={w.actor} value={actor} onChange={setActor} />
      ) : (
        <Kept label={w.actor} onDrop={() => setKeptActor(undefined)}>
          {actorName ?? keptActor}
        </Kept>
      )}
      <Among label={w.action} options={actions} value={asked['endpoint']} onChange={set('endpoint')} />
      <SelectField
        label={w.purpose}
        value={asked['purpose'] ?? ''}
        options={[any, ...purposes.map((id) => ({ id, label: labelOf(id) }))]}
        onChange={set('purpose')}
      />
      <SelectField
        label={w.outcome}
        value={asked['outcome'] ?? ''}
        options={[any, ...outcomes.map((id) => ({ id, label: w[id] }))]}
        onChange={set('outcome')}
      />
      <SelectField
        label={w.reason}
        value={asked['reason'] ?? ''}
        options={[any, ...reasonKinds.map((id) => ({ id, label: kinds[id] }))]}
        onChange={set('reason')}
      />
      <TextField label={w.because} value={asked['because'] ?? ''} onChange={set('because')} maxLength={200} />
      <DayField label={w.from} value={asked['from']} onChange={set('from')} />
      <DayField label={w.to} value={asked['to']} onChange={set('to')} />
      <CheckboxField
        value={asked['everything'] !== undefined}
        onChange={(on) => set('everything')(on ? '1' : undefined)}
      >
        {w.everything}
      </CheckboxField>
      <div className="log-filters-act">
        <Button type="submit" tone="strong" icon="search">
          {w.find}
        </Button>
        <Button tone="quiet" onPress={() => go(paths.accessLog())}>
          {w.clear}
        </Button>
      </div>
    </form>
  )
}

export const Filters = ({ query }: { readonly query: Query }) => {
  const { declaration, actionOf } = useLabels()
  if (declaration === undefined) return null
  return (
    <Form
      // Another search is another form.
      key={JSON.stringify({ ...query, before: '', line: '' })}
      query={query}
      actions={declaration.actions.map(({ id }) => ({ id, label: actionOf(id) }))}
    />
  )
}
