// The yearly estimate of a point: told by hand from a day on, or taken from what was used. What held before stays.
import { useState } from 'react'
import { computeEstimate } from '../../../../chapters/metering/annual/api.ts'
import * as api from '../../../../chapters/sites/points/api.ts'
import { useChange, useFresh } from '../../../kit/ask.ts'
import { Button } from '../../../kit/Button.tsx'
import { dayBefore, today } from '../../../kit/days.ts'
import { DayField, SelectField, TextField } from '../../../kit/Field.tsx'
import { FormDialog } from '../../../kit/FormDialog.tsx'
import { useFormats } from '../../../kit/format.ts'
import { useFaults } from '../../../kit/refusals.ts'
import { useToast } from '../../../kit/Toast.tsx'
import { useSaving, useVersions, Versions } from '../../../kit/Versions.tsx'
import { useWords } from '../../../kit/words.ts'
import { useMay } from '../../shell/session.ts'
import type { PointFacts } from './Told.tsx'
import { texts } from './words.ts'

type Estimate = PointFacts['estimates'][number]
type Division = keyof typeof api.divisions
type Band = (typeof api.bands)[number]

const divisionNames = ['single', 'night-day', 'seasonal'] as const

/** The bands that hold on that day. */
const holding = (estimates: readonly Estimate[], day: string | undefined): readonly Estimate[] =>
  estimates
    .filter(
      ({ during }) =>
        day !== undefined && (during.from === null || during.from <= day) && (during.to === null || day < during.to),
    )
    .toSorted((a, b) => a.id - b.id)

const divisionOf = (held: readonly Estimate[]): Division =>
  divisionNames.find((name) => (api.divisions[name] as readonly Band[]).includes(held[0]?.band ?? 'whole')) ?? 'single'

/** Whole watt-hours of kilowatt-hours as they are typed; undefined for what is no amount. */
const wattHours = (written: string): number | undefined => {
  const typed = written.replaceAll(/[\s\u00a0]/g, '').replace(',', '.')
  return /^\d{1,12}(\.\d{1,3})?$/.test(typed) ? Math.round(Number(typed) * 1_000) : undefined
}

type Values = readonly { readonly band: Band; readonly wh: number }[]
const sameValues = (a: Values, b: Values): boolean =>
  a.length === b.length && a.every(({ band, wh }) => b.some((other) => other.band === band && other.wh === wh))

const nothing = { id: 0, version: 0, recorded_at: '' }

export const ChangeEstimate = ({
  site_id,
  point_id,
  electric,
  estimates,
  onClose,
}: {
  readonly site_id: number
  readonly point_id: number
  readonly electric: boolean
  readonly estimates: readonly Estimate[]
  readonly onClose: () => void
}) => {
  const w = useWords(texts)
  const tell = useToast()
  const may = useMay()
  const { day, number } = useFormats()
  const faultAt = useFaults()
  const ask = useFresh()
  const change = useChange(api.changeEstimate, { stale: [api.pointFacts] })
  const compute = useChange(computeEstimate, { stale: [] })
  const keep = useChange(computeEstimate, { stale: [api.pointFacts] })
  const now = holding(estimates, today())
  const [division, setDivision] = useState<Division>(divisionOf(now))
  const [from, setFrom] = useState<string | undefined>(today())
  const [typed, setTyped] = useState<Readonly<Partial<Record<Band, string>>>>(
    Object.fromEntries(now.map(({ band, wh }) => [band, String(wh / 1_000)])),
  )
  const bands: readonly Band[] = api.divisions[division]
  const values = bands.flatMap((band) => {
    const wh = wattHours(typed[band] ?? '')
    return wh === undefined ? [] : [{ band, wh }]
  })
  const { theirs, save } = useVersions<Estimate | typeof nothing>(
    holding(estimates, from)[0] ?? nothing,
    'annual-estimate.changed',
    async () =>
      holding(
        (await ask(api.pointFacts, { params: { site_id } })).find((each) => each.point_id === point_id)?.estimates ??
          [],
        from,
      )[0],
  )
  const act = useSaving(w.save, theirs)
  const label = (band: Band): string => (w[band] === '' ? w.kwhYear : `${w.kwhYear}, ${w[band]}`)
  return (
    <FormDialog
      title={w.changeEstimate}
      act={act}
      ready={from !== undefined && values.length === bands.length}
      onClose={onClose}
      onAct={async () => {
        if (from === undefined) return
        // What was computed and left as it is says so of itself, with the months that it rests on.
        if (from === today() && compute.data !== undefined && sameValues(compute.data.values, values))
          await keep.mutateAsync({ params: { point_id }, body: { keep: true } })
        else
          await save(({ id, version }) =>
            change.mutateAsync({
              params: { point_id },
              body: { from, after: id === 0 ? null : { id, version }, values },
            }),
          )
        tell({ text: w.saved })
      }}
    >
      {(refused) => (
        <>
          {theirs && 'band' in theirs && (
            <Versions
              at={theirs.recorded_at}
              fields={[[label(theirs.band), typed[theirs.band] ?? '', number(theirs.wh / 1_000)]]}
              onTheirs={onClose}
            />
          )}
          {electric && (
            <SelectField
              label={w.division}
              value={division}
              options={divisionNames.map((id) => ({ id, label: w[id] }))}
              onChange={(id) => setDivision(divisionNames.find((name) => name === id) ?? 'single')}
              fault={faultAt(refused, 'body.values')}
            />
          )}
          <div className="field-row">
            {bands.map((band, i) => (
              <TextField
                key={band}
                label={label(band)}
                value={typed[band] ?? ''}
                onChange={(value) => setTyped({ ...typed, [band]: value })}
                inputMode="decimal"
                required
                takesFocus={i === 0}
              />
            ))}
          </div>
          {may(computeEstimate) && (
            <p>
              <Button
                tone="quiet"
                disabled={compute.isPending}
                onPress={() =>
                  compute.mutate(
                    { params: { point_id }, body: { keep: false } },
                    {
                      onSuccess: ({ values: made }) => {
                        setDivision(
                          divisionNames.find((name) =>
                            (api.divisions[name] as readonly Band[]).includes(made[0]?.band ?? 'whole'),
                          ) ?? 'single',
                        )
                        setTyped(Object.fromEntries(made.map(({ band, wh }) => [band, String(wh / 1_000)])))
                      },
                    },
                  )
                }
              >
                {w.computeIt}
              </Button>
            </p>
          )}
          <output className="quiet">
            {compute.data &&
              w.computed(
                day(compute.data.basis.from),
                day(dayBefore(compute.data.basis.to)),
                compute.data.days,
                w[compute.data.method],
              )}
            {compute.error && w.tooLittle}
          </output>
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
