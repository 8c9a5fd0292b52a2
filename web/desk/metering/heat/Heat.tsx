// Of a heat point: what was used as in a normal year, beside what was measured, and how far the water was cooled.
import type { CustomerId } from '../../../../chapters/customers/api.ts'
import * as meters from '../../../../chapters/metering/heat/api.ts'
import * as api from '../../../../chapters/metering/normalised/api.ts'
import type { Output } from '../../../../register/endpoint.ts'
import { Answer } from '../../../kit/Answer.tsx'
import { useAsk } from '../../../kit/ask.ts'
import { type Formats, useFormats } from '../../../kit/format.ts'
import { Panel } from '../../../kit/Panel.tsx'
import { useLanguage } from '../../../kit/preferences.ts'
import { type Column, Table } from '../../../kit/Table.tsx'
import { useWords } from '../../../kit/words.ts'
import { useMay } from '../../shell/session.ts'
import type { Span } from '../spans.ts'
import { texts } from './words.ts'

type Normal = Output<typeof api.normalisedHeat>['months'][number]
type Water = Output<typeof meters.heatSums>[number]
type Row = { readonly start: string; readonly normal: Normal | undefined; readonly water: Water | undefined }
type Words = ReturnType<typeof useWords<(typeof texts)['fi']>>

const kwh = (wh: number, formats: Formats): string => formats.number(Math.round(wh / 1_000), 0)
const degrees = (value: number | null | undefined, formats: Formats): string =>
  value === null || value === undefined ? '–' : formats.number(value, 1)

const columns = (
  w: Words,
  formats: Formats,
  name: (start: string) => string,
): readonly [Column<Row>, ...Column<Row>[]] => [
  { id: 'start', label: w.when, cell: ({ start }) => name(start), by: ({ start }) => start },
  { id: 'total', label: w.measured, cell: ({ normal }) => (normal ? kwh(normal.total, formats) : '–'), align: 'end' },
  {
    id: 'normalised',
    label: w.normalised,
    cell: ({ normal }) =>
      normal === undefined
        ? '–'
        : normal.normalised === null
          ? normal.lacks && w[normal.lacks]
          : kwh(normal.normalised, formats),
    align: 'end',
  },
  { id: 'degrees', label: w.degreeDays, cell: ({ normal }) => degrees(normal?.degree_days, formats), align: 'end' },
  { id: 'normal', label: w.normalDays, cell: ({ normal }) => degrees(normal?.normal, formats), align: 'end' },
  { id: 'supply', label: w.supply, cell: ({ water }) => degrees(water?.supply, formats), align: 'end' },
  { id: 'back', label: w.back, cell: ({ water }) => degrees(water?.back, formats), align: 'end' },
  { id: 'cooling', label: w.cooling, cell: ({ water }) => degrees(water?.cooling, formats), align: 'end' },
]

const within = (start: string, { from, to }: Span): boolean => start >= from && start < to

/** Two summers back are looked at, so that the part of warm water is known early in a year. */
const wider = ({ from, to }: Span): Span => ({ from: `${Math.max(2010, Number(from.slice(0, 4)) - 1)}-01-01`, to })

export const Heat = ({
  asked,
  span,
}: {
  readonly asked: { readonly customer_id: CustomerId; readonly point_id: number }
  readonly span: Span
}) => {
  const w = useWords(texts)
  const formats = useFormats()
  const language = useLanguage()
  const may = useMay()
  const normal = useAsk(api.normalisedHeat, { params: asked, query: wider(span) })
  const water = useAsk(meters.heatSums, { params: asked, query: { ...span, by: 'month' } })
  const name = (start: string): string =>
    new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
      new Date(`${start}T00:00:00Z`),
    )
  if (!may(api.normalisedHeat)) return null
  return (
    <Panel title={w.title}>
      <Answer of={normal} lines={6}>
        {({ station, reference, base, months, years }) => {
          const own = months.filter(({ start }) => within(start, span))
          const flows = water.data ?? []
          const starts = [...new Set([...own, ...flows].map(({ start }) => start))].toSorted()
          const rows = starts.map((start) => ({
            start,
            normal: own.find((one) => one.start === start),
            water: flows.find((one) => one.start === start),
          }))
          const known = own.filter(({ normalised }) => normalised !== null)
          const whole = known.length === 12 ? years.find(({ start }) => start === span.from) : undefined
          return (
            <>
              {whole && (
                <p>
                  <strong>{w.year(span.from.slice(0, 4), kwh(whole.normalised ?? 0, formats))}</strong>{' '}
                  {w.yearMeasured(kwh(whole.total, formats))}
                </p>
              )}
              <p className="quiet">
                {station === null
                  ? w.noStation
                  : reference?.from && reference.to
                    ? w.rests(station, reference.from.slice(0, 4), String(Number(reference.to.slice(0, 4)) - 1))
                    : w.noNormal(station)}{' '}
                {base !== null && w.base(formats.number(base / 1_000, 1))}
              </p>
              {rows.length > 0 && (
                <Table label={w.months} columns={columns(w, formats, name)} rows={rows} keyOf={({ start }) => start} />
              )}
            </>
          )
        }}
      </Answer>
    </Panel>
  )
}
