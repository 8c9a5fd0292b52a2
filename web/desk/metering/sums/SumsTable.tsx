// A year of all points: a row for each energy and for each point, a column for each month.
import type { ReactNode } from 'react'
import type { UseQueryResult } from '@tanstack/react-query'
import { Answer } from '../../../kit/Answer.tsx'
import { ButtonLink } from '../../../kit/Button.tsx'
import { EmptyState } from '../../../kit/EmptyState.tsx'
import { useFormats } from '../../../kit/format.ts'
import { Link } from '../../../kit/Link.tsx'
import { Panel } from '../../../kit/Panel.tsx'
import { useLanguage } from '../../../kit/preferences.ts'
import { type Column, Table } from '../../../kit/Table.tsx'
import { useWords } from '../../../kit/words.ts'
import type { Sum } from './PointUse.tsx'
import { texts } from './words.ts'
import './sums.css'

type Row = {
  readonly key: string
  readonly first: Sum
  readonly months: ReadonlyMap<string, Sum>
  readonly total: number
}

export const yearOf = (query: Readonly<Record<string, string>>, now: string): number => {
  const asked = /^(20[0-4]\d)$/.exec(query['year'] ?? '')
  return Number(asked?.[1] ?? now.slice(0, 4))
}
export const spanOfYear = (year: number) => ({ from: `${year}-01-01`, to: `${year + 1}-01-01`, by: 'month' as const })

const rowsOf = (sums: readonly Sum[], keyOf: (sum: Sum) => string): readonly Row[] =>
  [...Map.groupBy(sums, keyOf)].flatMap(([key, of]) => {
    const [first] = of
    return first === undefined
      ? []
      : [
          {
            key,
            first,
            months: new Map(of.map((sum) => [sum.start, sum])),
            total: of.reduce((sum, { total }) => sum + total, 0),
          },
        ]
  })

export const SumsTable = ({
  year,
  energies,
  points,
  to,
  toYear,
  more,
  actions,
}: {
  readonly year: number
  readonly energies: UseQueryResult<readonly Sum[]>
  readonly points: UseQueryResult<readonly Sum[]>
  /** Where a point leads. */
  readonly to?: ((point: number) => string) | undefined
  readonly toYear: (year: number) => string
  /** The points that follow, when there may be some. */
  readonly more: (last: number) => string | undefined
  readonly actions: ReactNode
}) => {
  const w = useWords(texts)
  const language = useLanguage()
  const { number } = useFormats()
  const named = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' })
  const kwh = (sum: Sum | undefined): string =>
    sum === undefined ? '' : `${number(sum.total / 1000)}${sum.lacking > 0 ? ' *' : ''}`
  const months = Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}-01`)
  const monthly: readonly Column<Row>[] = [
    ...months.map((start) => ({
      id: start,
      label: named.format(new Date(`${start}T00:00:00Z`)),
      align: 'end' as const,
      cell: (row: Row) => kwh(row.months.get(start)),
    })),
    {
      id: 'total',
      label: w.total,
      align: 'end',
      cell: ({ total }) => <strong>{number(total / 1000)}</strong>,
      by: ({ total }) => total,
    },
  ]
  return (
    <>
      <Panel
        title={String(year)}
        actions={
          <>
            <ButtonLink to={toYear(year - 1)}>{w.before}</ButtonLink>
            <ButtonLink to={toYear(year + 1)}>{w.after}</ButtonLink>
            {actions}
          </>
        }
      >
        <p className="quiet">{w.note}</p>
        <Answer of={energies} lines={4}>
          {(sums) =>
            sums.length === 0 ? (
              <EmptyState icon="bolt" title={w.nothing}>
                {w.nothingHow}
              </EmptyState>
            ) : (
              <div className="sums-table">
                <Table
                  label={w.energies(String(year))}
                  rows={rowsOf(sums, ({ energy }) => energy)}
                  keyOf={({ key }) => key}
                  columns={[
                    {
                      id: 'energy',
                      label: w.energy,
                      cell: ({ first, months: of }) =>
                        `${w[first.energy]}, ${w.of(number(Math.max(...[...of.values()].map((sum) => sum.points))))}`,
                    },
                    ...monthly,
                  ]}
                />
              </div>
            )
          }
        </Answer>
      </Panel>
      <Panel title={w.points}>
        <Answer of={points} lines={8}>
          {(sums) => {
            const next = more(Math.max(0, ...sums.map(({ point_id }) => point_id ?? 0)))
            return (
              <>
                <div className="sums-table">
                  <Table
                    label={w.table(String(year))}
                    rows={rowsOf(sums, ({ point_id }) => String(point_id))}
                    keyOf={({ key }) => key}
                    columns={[
                      {
                        id: 'point',
                        label: w.point,
                        cell: ({ first: { energy, point_id, code } }) => (
                          <>
                            {w[energy]} {to && point_id !== null ? <Link to={to(point_id)}>{code}</Link> : code}
                          </>
                        ),
                        by: ({ first }) => `${first.energy} ${first.code}`,
                      },
                      ...monthly,
                    ]}
                  />
                </div>
                {next !== undefined && <ButtonLink to={next}>{w.more}</ButtonLink>}
              </>
            )
          }}
        </Answer>
      </Panel>
    </>
  )
}
