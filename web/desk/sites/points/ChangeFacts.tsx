// What holds of a point changed from a day: what held before stays.
import { useState } from 'react'
import * as api from '../../../../chapters/sites/points/api.ts'
import { useChange, useFresh } from '../../../kit/ask.ts'
import { today } from '../../../kit/days.ts'
import { DayField, SelectField, TextField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useFaults } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useSaving, useVersions, Versions } from '../../../kit/Versions.tsx'
import { useWords } from '../../../kit/words.ts'
import { type Facts, useTold } from './Told.tsx'
import { texts } from './words.ts'

type Energy = keyof typeof api.columnsOf
type Column = (typeof api.columnsOf)[Energy][number]
type Draft = Readonly<Record<Column | 'metering_method' | 'resolution_minutes', string>>

const every = [...new Set(Object.values(api.columnsOf).flat())]
const draftOf = (facts: Facts | undefined): Draft =>
  ({
    metering_method: facts?.metering_method ?? 'continuous',
    resolution_minutes: String(facts?.resolution_minutes ?? 60),
    ...Object.fromEntries(every.map((name) => [name, facts === undefined ? '' : String(facts[name] ?? '')])),
  }) as Draft

const text = (written: string): string | null => (written.trim() === '' ? null : written.trim())
const number = (written: string): number | null => {
  const read = Number(written.trim().replace(',', '.'))
  return written.trim() === '' ? null : read
}
const truth = (written: string): boolean | null => (written === '' ? null : written === 'true')
const one = <T extends string | number>(of: readonly T[], written: string): T | null =>
  of.find((each) => String(each) === written) ?? null

const partsOf = (draft: Draft) => ({
  metering_method: one(api.meteringMethods, draft.metering_method) ?? 'continuous',
  resolution_minutes: draft.metering_method === 'continuous' ? one(api.resolutions, draft.resolution_minutes) : null,
  subtype: one(api.subtypes, draft.subtype),
  grid_area: text(draft.grid_area),
  remote_switch: truth(draft.remote_switch),
  electric_heating: truth(draft.electric_heating),
  user_group: text(draft.user_group)?.toUpperCase() ?? null,
  tax_class: one(api.taxClasses, draft.tax_class),
  netting: truth(draft.netting),
  contract_flow: number(draft.contract_flow),
  contract_power: number(draft.contract_power),
  calorific_value: number(draft.calorific_value),
  pressure_correction: number(draft.pressure_correction),
  pressure_class: text(draft.pressure_class),
})

const numbers: readonly Column[] = ['contract_flow', 'contract_power', 'calorific_value', 'pressure_correction']
const truths: readonly Column[] = ['remote_switch', 'electric_heating', 'netting']

/** Which of them holds on that day. */
const holding = (facts: readonly Facts[], day: string | undefined): Facts | undefined =>
  facts.find(
    ({ during }) =>
      day !== undefined && (during.from === null || during.from <= day) && (during.to === null || day < during.to),
  )

const nothing = { id: 0, version: 0, recorded_at: '' }

export const ChangeFacts = ({
  site_id,
  point_id,
  energy,
  facts,
  onClose,
}: {
  readonly site_id: number
  readonly point_id: number
  readonly energy: Energy
  readonly facts: readonly Facts[]
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const told = useTold()
  const faultAt = useFaults()
  const ask = useFresh()
  const change = useChange(api.changeFacts, { stale: [api.pointFacts] })
  const [draft, setDraft] = useState(draftOf(holding(facts, today())))
  const [from, setFrom] = useState<string | undefined>(today())
  const { theirs, save } = useVersions<Facts | typeof nothing>(
    holding(facts, from) ?? nothing,
    'point-facts.changed',
    async () =>
      holding(
        (await ask(api.pointFacts, { params: { site_id } })).find((each) => each.point_id === point_id)?.facts ?? [],
        from,
      ),
  )
  const act = useSaving(w.save, theirs)
  const set = (name: keyof Draft) => (value: string) => setDraft({ ...draft, [name]: value })
  const continuous = draft.metering_method === 'continuous'
  const names = api.columnsOf[energy]
  const wrong = names.some((name) => numbers.includes(name) && Number.isNaN(number(draft[name])))
  const choices = (ids: readonly (string | number)[], label: (id: string) => string) => [
    { id: '', label: w.unknown },
    ...ids.map((id) => ({ id: String(id), label: label(String(id)) })),
  ]
  const optionsOf = (name: Column) => {
    if (truths.includes(name)) return choices(['true', 'false'], (id) => (id === 'true' ? w.yes : w.no))
    if (name === 'tax_class') return choices(api.taxClasses, (id) => id)
    return name === 'subtype' ? choices(api.subtypes, (id) => w[one(api.subtypes, id) ?? 'normal']) : undefined
  }
  return (
    <FormDialog
      title={w.change}
      act={act}
      ready={from !== undefined && !wrong}
      onClose={onClose}
      onAct={async () => {
        if (from === undefined) return
        await save(({ id, version }) =>
          change.mutateAsync({
            params: { point_id },
            body: { ...partsOf(draft), from, after: id === 0 ? null : { id, version } },
          }),
        )
        tell({ text: w.saved })
      }}
    >
      {(refused) => (
        <>
          {theirs && 'energy' in theirs && (
            <Versions
              at={theirs.recorded_at}
              fields={(['metering_method', 'resolution_minutes', ...names] as const).map((name) => [
                w[name],
                told(name, draft[name] === '' ? null : draft[name]),
                told(name, theirs[name]),
              ])}
              onTheirs={onClose}
            />
          )}
          <div className="field-row">
            <SelectField
              label={w.metering_method}
              value={draft.metering_method}
              options={api.meteringMethods.map((id) => ({ id, label: w[id] }))}
              onChange={set('metering_method')}
              takesFocus
            />
            {continuous && (
              <SelectField
                label={w.resolution_minutes}
                value={draft.resolution_minutes}
                options={api.resolutions.map((id) => ({ id: String(id), label: w.minutes(id) }))}
                onChange={set('resolution_minutes')}
                fault={faultAt(refused, 'body.resolution_minutes')}
              />
            )}
          </div>
          {names.map((name) => {
            const options = optionsOf(name)
            const common = { label: w[name], value: draft[name], fault: faultAt(refused, `body.${name}`) }
            return options === undefined ? (
              <TextField
                key={name}
                {...common}
                onChange={set(name)}
                inputMode={numbers.includes(name) ? 'decimal' : 'text'}
                maxLength={name === 'user_group' ? 4 : 20}
              />
            ) : (
              <SelectField key={name} {...common} options={options} onChange={set(name)} />
            )
          })}
          <DayField
            label={w.from}
            hint={w.fromHint}
            value={from}
            onChange={setFrom}
            fault={faultAt(refused, 'body.from')}
            required
          />
        </>
      )}
    </FormDialog>
  )
}
