// Rows over time as a picture, and the same rows as a table: the eye, the keyboard and the ear get the same.
import { useMemo } from 'react'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { Series } from '../../kit/Series.tsx'
import type { Ticks } from '../../kit/series/window.ts'
import { useWords } from '../../kit/words.ts'
import type { Rows } from './rows.ts'
import { texts } from './words.ts'

/** Another measure over the same rows. */
export type Beside = {
  readonly values: Float64Array
  readonly name: string
  readonly write: (value: number) => string
}

export const Shown = ({
  rows,
  what,
  unit,
  former,
  beside,
  ticks,
  leap,
  when,
  write,
  quality,
  note,
  none,
}: {
  readonly rows: Rows
  readonly what: string
  readonly unit: 'kwh' | 'euros'
  readonly former?: Float64Array | undefined
  readonly beside?: Beside | undefined
  readonly ticks: readonly Ticks[]
  readonly leap: number
  readonly when: (place: number) => string
  readonly write: (value: number) => string
  readonly quality: (place: number) => string
  readonly note?: string | undefined
  readonly none?: { readonly title: string; readonly how: string }
}) => {
  const w = useWords(texts)
  const { count, values } = rows
  const [total, known] = useMemo(() => {
    let [sum, n] = [0, 0]
    for (const value of values)
      if (!Number.isNaN(value)) {
        sum += value
        n += 1
      }
    return [sum, n] as const
  }, [values])
  const places = useMemo(() => Array.from({ length: count }, (_, i) => i), [count])
  if (known === 0)
    return (
      <EmptyState icon="bolt" title={none?.title ?? w.none}>
        {none?.how ?? w.noneHow}
      </EmptyState>
    )
  const said = unit === 'kwh' ? `${write(total)} kWh` : `${write(total)} €`
  const amount = (value: number | undefined): string => (value === undefined || Number.isNaN(value) ? '' : write(value))
  const name = unit === 'kwh' ? w.consumption : w.costs
  const columns: readonly [Column<number>, ...Column<number>[]] = [
    { id: 'when', label: w.when, cell: when },
    {
      id: 'amount',
      label: unit === 'kwh' ? w.amount : w.costAmount,
      align: 'end',
      cell: (i) => amount(values[i]),
      by: (i) => values[i] ?? 0,
    },
    ...(former === undefined
      ? []
      : [
          {
            id: 'former',
            label: unit === 'kwh' ? w.formerAmount : w.formerCost,
            align: 'end' as const,
            cell: (i: number) => amount(former[i]),
          },
        ]),
    ...(beside === undefined
      ? []
      : [
          {
            id: 'beside',
            label: beside.name.charAt(0).toUpperCase() + beside.name.slice(1),
            align: 'end' as const,
            cell: (i: number) => (Number.isNaN(beside.values[i]) ? '' : beside.write(beside.values[i] ?? 0)),
          },
        ]),
    { id: 'quality', label: w.quality, cell: quality },
  ]
  return (
    <>
      <Series
        label={unit === 'kwh' ? w.picture(what, said) : w.costPicture(what, said)}
        values={values}
        former={former}
        quality={rows.quality}
        overlay={beside}
        ticks={ticks}
        write={write}
        leap={leap}
        say={(i) =>
          [
            `${when(i)}: ${Number.isNaN(values[i]) ? '–' : `${amount(values[i])} ${unit === 'kwh' ? 'kWh' : '€'}`}`,
            quality(i),
            former !== undefined && !Number.isNaN(former[i]) && `${w.former} ${amount(former[i])}`,
            beside !== undefined &&
              !Number.isNaN(beside.values[i]) &&
              `${beside.name} ${beside.write(beside.values[i] ?? 0)}`,
          ]
            .filter((part) => part !== false && part !== '')
            .join(', ')
        }
        legend={{
          now: unit === 'kwh' ? w.now : w.costUnit,
          former: w.former,
          overlay: beside?.name,
          doubtful: w.doubtful,
          missing: w.gone,
        }}
      />
      <p>
        {w.total} <strong>{said}</strong>
      </p>
      {note !== undefined && <p className="quiet">{note}</p>}
      <Table label={`${name}, ${what}`} rows={places} keyOf={String} columns={columns} />
    </>
  )
}
